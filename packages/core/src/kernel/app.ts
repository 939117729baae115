import type { BlobStore } from "@landfall/db/blobs/blob-store";
import type { Store } from "@landfall/db/store";
import type { MarkdownRenderer } from "@landfall/domain/release-notes/markdown";
import type { BrowserRequest } from "./browser-request.ts";
import type { Context, StorageQuotas } from "./context.ts";
import type { MapReaders } from "./map-reader.ts";
import type { BodyBudget } from "./request-body.ts";

/** The running application, as its adapters see it. */
export interface App {
  readonly store: Store;
  readonly blobs: BlobStore;
  readonly maps: MapReaders;
  readonly quotas: StorageQuotas;
  readonly markdown: MarkdownRenderer;
  /** Memory for bodies that are still being received. */
  readonly bodies: BodyBudget;
  readonly origin: string;
  readonly now: () => Date;
  readonly randomHex: (bytes: number) => string;
  /** The context of one request. Throws `unauthenticated` for credentials that are none. */
  contextOf(request: RequestFacts): Promise<Context>;
}

/** What of a request operations may depend on. */
export type RequestFacts = {
  readonly authorization: string | null;
  readonly userAgent: string | null;
  readonly requestId: string | null;
  /** The request itself, where a cookie may tell who sends it; looked at only when `authorization` names nobody. */
  readonly browser?: BrowserRequest;
  /** Tells the address the request was sent to; asked only by a server that nobody told its own. */
  readonly requestedOrigin?: () => string;
};
