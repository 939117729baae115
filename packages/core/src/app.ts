import { randomBytes } from "node:crypto";
import type { Store } from "@landfall/db/store";
import { authenticate } from "./access/authenticate.ts";
import type { Context } from "./context.ts";

/** The running application, as its adapters see it. */
export interface App {
  readonly store: Store;
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
};

export type AppOptions = {
  readonly store: Store;
  /** The address people and clients reach this server at, without a trailing slash. */
  readonly origin: string;
  readonly now?: () => Date;
  readonly randomHex?: (bytes: number) => string;
};

/** Puts the application together over an open store. */
export function createApp({ store, origin, now = () => new Date(), randomHex = (bytes) => randomBytes(bytes).toString("hex") }: AppOptions): App {
  return {
    store,
    origin,
    now,
    randomHex,
    async contextOf({ authorization, userAgent, requestId }) {
      const actor = authorization === null ? null : await authenticate(store.read, authorization, now());
      return { store, actor, now, origin, randomHex, userAgent, requestId };
    },
  };
}
