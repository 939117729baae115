import { randomBytes } from "node:crypto";
import { type BlobStore, noBlobs } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import { inProcessMarkdown, type MarkdownRenderer } from "@landfall/domain/release-notes/markdown";
import { authenticateSession, type LiveSession } from "./access/authenticate-session.ts";
import { authenticate } from "./access/authenticate.ts";
import type { Actor } from "./kernel/actor.ts";
import type { App } from "./kernel/app.ts";
import type { BrowserRequest } from "./kernel/browser-request.ts";
import type { OrganizationEvent, StorageQuotas } from "./kernel/context.ts";
import { inProcessMapReader, type MapReaders, sharedReader } from "./kernel/map-reader.ts";
import { createBodyBudget } from "./kernel/request-body.ts";
import { createStorageQuotas } from "./records/artifacts/storage-quotas.ts";
import type { TokenUse } from "./records/accounts/last-used.ts";

export type AppOptions = {
  readonly store: Store;
  /** Stores the bytes of artifacts; without it every use of artifacts throws. */
  readonly blobs?: BlobStore;
  /** Reads source maps; by default on the main thread. */
  readonly maps?: MapReaders;
  /** The storage quotas; by default only those of the organizations themselves. */
  readonly quotas?: StorageQuotas;
  /** Renders release notes; by default on the main thread. */
  readonly markdown?: MarkdownRenderer;
  /** The URL of this server for people and clients, without a trailing slash. */
  readonly origin: string;
  /** Whether responses use the origin of the request in place of `origin`, for a server without a configured URL. Off by default. */
  readonly followsRequests?: boolean;
  /** Called for each use of a token. */
  readonly onTokenUse?: (use: TokenUse) => void;
  /** Called for each use of a session. */
  readonly onSessionUse?: (session: LiveSession, now: Date) => void;
  /** Called for each change after its commit. */
  readonly onChange?: (change: OrganizationEvent) => void;
  /** Called after the commit that stores an archive to be assembled. */
  readonly onAssembly?: () => void;
  readonly now?: () => Date;
  readonly randomHex?: (bytes: number) => string;
};

/** Creates the application on an open store. */
export function createApp(options: AppOptions): App {
  const { store, blobs = noBlobs, origin, followsRequests = false, onTokenUse, onSessionUse, onChange, onAssembly } = options;
  const { now = () => new Date(), randomHex = cryptoHex, maps = sharedReader(inProcessMapReader()) } = options;
  const { quotas = createStorageQuotas({ read: store.read, now }, { byDefault: null }) } = options;
  const { markdown = inProcessMarkdown } = options;

  async function signedIn(browser: BrowserRequest): Promise<Actor | null> {
    const session = await authenticateSession(store.read, browser, { now: now(), origin });
    if (session) onSessionUse?.(session, now());
    return session?.actor ?? null;
  }

  return {
    store,
    blobs,
    maps,
    quotas,
    markdown,
    bodies: createBodyBudget(),
    origin,
    now,
    randomHex,
    async contextOf({ authorization, userAgent, requestId, requestedOrigin, browser }) {
      const bearer = authorization === null ? null : await authenticate(store.read, authorization, now());
      const actor = bearer ?? (browser ? await signedIn(browser) : null);
      const address = followsRequests && requestedOrigin ? requestedOrigin() : origin;
      const tokenOrigin = followsRequests ? null : origin;
      const about = { actor, userAgent, requestId, onChange, onAssembly };
      const context = { store, blobs, maps, quotas, markdown, now, origin: address, tokenOrigin, randomHex, ...about };
      if (!onTokenUse || actor === null || !("tokenId" in actor) || actor.tokenId === null) return context;
      const { tokenId } = actor;
      onTokenUse({ tokenId, now: now(), client: userAgent });
      return { ...context, onProjectUse: (projectId) => onTokenUse({ tokenId, now: now(), client: userAgent, projectId }) };
    },
  };
}

const cryptoHex = (bytes: number): string => randomBytes(bytes).toString("hex");
