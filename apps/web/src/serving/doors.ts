import { trpcHandler } from "@landfall/api/trpc-handler";
import { authHandler } from "@landfall/auth/auth-handler";
import type { Auth } from "@landfall/auth/create-auth";
import type { App } from "@landfall/core/app";
import { restApp } from "@landfall/rest/rest-app";
import type { EventFeed } from "./change-feed.ts";
import type { RouteName } from "./door.ts";
import { eventsRoute } from "./events-door.ts";
import { nodeHandler } from "./fetch-door.ts";
import type { Handler } from "./listener.ts";
import type { Metrics } from "./metrics.ts";
import type { OpenStreams } from "./open-streams.ts";
import { limitPageBodies } from "./page-bodies.ts";
import { operationsApp } from "./operations-door.ts";
import { timers } from "./timers.ts";
import { withUnavailablePage } from "./unavailable-page.ts";

export type RoutesOptions = {
  readonly app: App;
  readonly auth: Auth;
  readonly metrics: Metrics;
  /** What `/metrics` asks for; null turns it off. */
  readonly metricsToken: string | null;
  readonly pages: Handler;
  /** What is changed, and the streams that tell pages of it. */
  readonly feed: EventFeed;
  readonly streams: OpenStreams;
  readonly isClosing: () => boolean;
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/** Everything the server answers, by door. */
export function createRoutes({
  app,
  auth,
  metrics,
  metricsToken,
  pages,
  feed,
  streams,
  isClosing,
  onBug,
}: RoutesOptions): Record<RouteName, Handler> {
  const rest = restApp({ app, onBug });
  const trpc = trpcHandler({ app, onBug });
  const operations = operationsApp({ store: app.store, metrics, metricsToken, isClosing, onBug });
  const wire = nodeHandler((request) => rest.fetch(request), onBug);
  return {
    rest: wire,
    hooks: wire,
    trpc: nodeHandler(trpc, onBug),
    operations: nodeHandler((request) => operations.fetch(request), onBug),
    auth: nodeHandler(authHandler({ auth, bodies: app.bodies, onBug }), onBug),
    events: eventsRoute({ app, feed, streams, timers, onBug }),
    pages: limitPageBodies(app, withUnavailablePage({ store: app.store, pages, onFailure: onBug })),
  };
}
