import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import type { MarkdownRenderer } from "@landfall/domain/release-notes/markdown";
import type { BrowserRequest } from "./browser-request.ts";
import type { Context, StorageQuotas } from "./context.ts";
import type { MapReaders } from "./map-reader.ts";
import type { BodyBudget } from "./request-body.ts";

/** The running application, for its adapters: REST, tRPC, sign-in and the pages. */
export interface App {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly maps: MapReaders;
  readonly quotas: StorageQuotas;
  readonly markdown: MarkdownRenderer;
  /** The memory for bodies that are still being received. */
  readonly bodies: BodyBudget;
  readonly origin: string;
  readonly now: () => Date;
  readonly randomHex: (bytes: number) => string;
  /** Creates the context of one request. Throws `unauthenticated` for invalid credentials. */
  contextOf(request: RequestFacts): Promise<Context>;
}

/** The parts of a request that operations may depend on. */
export type RequestFacts = {
  readonly authorization: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The request itself, if a session cookie may identify the caller. Only read if `authorization` identifies no caller. */
  readonly browser?: BrowserRequest;
  /** Returns the origin that the request was sent to. Only called by a server without a configured URL. */
  readonly requestedOrigin?: () => string;
};
