import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticateSession } from "@landfall/core/access/authenticate-session";
import type { App } from "@landfall/core/kernel/app";
import { AppError, isAppError, isServerFault } from "@landfall/core/kernel/app-error";
import { type EventSubscriber, subscribeToEvents } from "@landfall/core/operations/events/subscribe";
import { errorResponse } from "@landfall/rest/http/error-response";
import type { Timers } from "#server/lifecycle/timers.ts";
import { requestHeader } from "./client-address.ts";
import type { EventFeed } from "./event-feed.ts";
import { openEventStream, type OpenStreams } from "./event-streams.ts";
import { type Handler, sendJson } from "./listener.ts";

export type EventsOptions = {
  readonly app: App;
  readonly feed: EventFeed;
  readonly streams: OpenStreams;
  readonly timers: Timers;
  /** Called for failures of the server, also after the response has begun. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/**
 * `GET /api/events?organization=<slug>`: server-sent events for pages. `change` has the kind of thing that changed as data, such as
 * `release`. Only for members with a session, which is checked again with every heartbeat.
 */
export function eventsRoute({ app, feed, streams, timers, onBug }: EventsOptions): Handler {
  async function canContinue(request: IncomingMessage, subscriber: EventSubscriber): Promise<boolean> {
    try {
      const current = await findSubscriber(app, request);
      return current.userId === subscriber.userId && current.organizationId === subscriber.organizationId;
    } catch (error) {
      if (!isAppError(error)) onBug(error, requestIdOf(request));
      return false;
    }
  }

  function open(request: IncomingMessage, response: ServerResponse, subscriber: EventSubscriber): void {
    const stream = streams.open(subscriber.userId, (onOver) =>
      openEventStream(response, {
        timers,
        canContinue: () => canContinue(request, subscriber),
        onOver() {
          unfollow();
          onOver();
        },
      }),
    );
    const unfollow = stream ? feed.follow(subscriber.organizationId, stream.send) : () => {};
    if (!stream) throw new AppError("unavailable", "Too many pages are open for live updates. Reload this page to see changes.");
  }

  return async (request, response) => {
    try {
      if (request.method !== "GET") return sendJson(response, 405, { detail: `Method "${request.method}" not allowed.` }, { Allow: "GET" });
      const subscriber = await findSubscriber(app, request);
      // The client may have disconnected meanwhile.
      if (!response.destroyed) open(request, response, subscriber);
    } catch (error) {
      if (response.headersSent) throw error;
      if (isServerFault(error)) onBug(error, requestIdOf(request));
      const { status, body, headers } = errorResponse(error, { isRest: false });
      sendJson(response, status, body, headers);
    }
  };
}

/**
 * Returns who may subscribe to which organization, by the cookie and URL of a request. Does not count as use of the session, since an open
 * page must not keep its session alive. @throws `invalid`, `unauthenticated`, `not_found`.
 */
async function findSubscriber(app: App, request: IncomingMessage): Promise<EventSubscriber> {
  const organization = new URL(request.url ?? "/", "http://localhost").searchParams.get("organization");
  if (!organization) throw new AppError("invalid", "The parameter organization is missing: /api/events?organization=<slug>.");
  const browser = { method: "GET", url: app.origin, headers: { get: (name: string) => requestHeader(request, name) } };
  const session = await authenticateSession(app.store.read, browser, { now: app.now(), origin: app.origin });
  const context = await app.contextOf({ authorization: null, userAgent: null, requestId: requestIdOf(request) });
  return subscribeToEvents({ ...context, actor: session?.actor ?? null }, { organization });
}

const requestIdOf = (request: IncomingMessage): string | null => requestHeader(request, "x-request-id");
