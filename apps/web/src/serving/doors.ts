import { trpcHandler } from "@landfall/api/trpc-handler";
import { authHandler } from "@landfall/auth/auth-handler";
import type { Auth } from "@landfall/auth/create-auth";
import type { App } from "@landfall/core/app";
import { restApp } from "@landfall/rest/rest-app";
import type { ChangeFeed } from "./change-feed.ts";
import type { Door } from "./door.ts";
import { eventsDoor } from "./events-door.ts";
import { fetchDoor } from "./fetch-door.ts";
import type { Handler } from "./listener.ts";
import type { Metrics } from "./metrics.ts";
import type { OpenStreams } from "./open-streams.ts";
import { boundPageBodies } from "./page-bodies.ts";
import { operationsDoor } from "./operations-door.ts";
import { timers } from "./timers.ts";
import { readablePages } from "./unavailable-page.ts";

export type DoorsOptions = {
  readonly app: App;
  readonly auth: Auth;
  readonly metrics: Metrics;
  /** What `/metrics` asks for; null turns it off. */
  readonly metricsToken: string | null;
  readonly pages: Handler;
  /** What is changed, and the streams that tell pages of it. */
  readonly feed: ChangeFeed;
  readonly streams: OpenStreams;
  readonly isClosing: () => boolean;
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/** Everything the server answers, by door. */
export function createDoors({
  app,
  auth,
  metrics,
  metricsToken,
  pages,
  feed,
  streams,
  isClosing,
  onBug,
}: DoorsOptions): Record<Door, Handler> {
  const rest = restApp({ app, onBug });
  const trpc = trpcHandler({ app, onBug });
  const operations = operationsDoor({ store: app.store, metrics, metricsToken, isClosing, onBug });
  const wire = fetchDoor((request) => rest.fetch(request), onBug);
  return {
    rest: wire,
    hooks: wire,
    trpc: fetchDoor(trpc, onBug),
    operations: fetchDoor((request) => operations.fetch(request), onBug),
    auth: fetchDoor(authHandler({ auth, bodies: app.bodies, onBug }), onBug),
    events: eventsDoor({ app, feed, streams, timers, onBug }),
    pages: boundPageBodies(app, readablePages({ store: app.store, pages, onFailure: onBug })),
  };
}
