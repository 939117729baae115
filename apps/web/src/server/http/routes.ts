import { getRequestListener, RequestError } from "@hono/node-server";
import { trpcHandler } from "@landfall/api/trpc-handler";
import { authHandler } from "@landfall/auth/auth-handler";
import type { Auth } from "@landfall/auth/create-auth";
import type { App } from "@landfall/core/kernel/app";
import { isServerFault } from "@landfall/core/kernel/app-error";
import { errorResponse } from "@landfall/rest/http/error-response";
import { restHandler } from "@landfall/rest/rest-handler";
import type { Metrics } from "#server/lifecycle/metrics.ts";
import { timers } from "#server/lifecycle/timers.ts";
import type { EventFeed } from "./event-feed.ts";
import type { OpenStreams } from "./event-streams.ts";
import { eventsRoute } from "./events-route.ts";
import type { Handler, RouteName } from "./listener.ts";
import { probesApp, type ProbesOptions } from "./probes-route.ts";
import { limitPageBodies } from "./page-bodies.ts";
import { withUnavailablePage } from "./unavailable-page.ts";

export type RoutesOptions = {
  readonly app: App;
  readonly auth: Auth;
  readonly metrics: Metrics;
  /** The bearer token of `/metrics`; null turns it off. */
  readonly metricsToken: string | null;
  readonly commandLine: ProbesOptions["commandLine"];
  readonly pages: Handler;
  /** The changes, and the streams that send them to pages. */
  readonly feed: EventFeed;
  readonly streams: OpenStreams;
  readonly isClosing: () => boolean;
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/** Creates the handlers of all routes. */
export function createRoutes({
  app,
  auth,
  metrics,
  metricsToken,
  commandLine,
  pages,
  feed,
  streams,
  isClosing,
  onBug,
}: RoutesOptions): Record<RouteName, Handler> {
  const trpc = trpcHandler({ app, onBug });
  const probes = probesApp({ store: app.store, metrics, metricsToken, commandLine, isClosing, onBug });
  const restListener = nodeHandler(restHandler({ app, onBug }), onBug);
  return {
    rest: restListener,
    hooks: restListener,
    trpc: nodeHandler(trpc, onBug),
    probes: nodeHandler((request) => probes.fetch(request), onBug),
    auth: nodeHandler(authHandler({ auth, bodies: app.bodies, onBug }), onBug),
    events: eventsRoute({ app, feed, streams, timers, onBug }),
    pages: limitPageBodies(app, withUnavailablePage({ store: app.store, pages, onFailure: onBug })),
  };
}

/** Adapts a fetch handler to Node. Reports failures of the server to `onBug`; responds with 400 to a request without a valid Host. */
function nodeHandler(
  handle: (request: Request) => Response | Promise<Response>,
  onBug: (error: unknown, requestId: null) => void,
): Handler {
  return getRequestListener((request) => handle(request), {
    hostname: "localhost",
    errorHandler(error) {
      if (error instanceof RequestError) return Response.json({ detail: `Bad request: ${error.message}.` }, { status: 400 });
      if (isServerFault(error)) onBug(error, null);
      const { status, body, headers = {} } = errorResponse(error);
      return Response.json(body, { status, headers });
    },
  });
}
