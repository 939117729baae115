import type { IncomingMessage, ServerResponse } from "node:http";
import { authenticateSession } from "@landfall/core/access/authenticate-session";
import type { App } from "@landfall/core/kernel/app";
import { AppError, isAppError, isServerFault } from "@landfall/core/kernel/app-error";
import { type EventSubscriber, subscribeToEvents } from "@landfall/core/operations/events/subscribe";
import { errorAnswer } from "@landfall/rest/http/error-answer";
import type { Timers } from "#server/lifecycle/timers.ts";
import type { EventFeed } from "./event-feed.ts";
import { openEventStream, type OpenStreams } from "./event-streams.ts";
import type { Handler } from "./listener.ts";

export type EventsOptions = {
  readonly app: App;
  readonly feed: EventFeed;
  readonly streams: OpenStreams;
  readonly timers: Timers;
  /** Told of what goes wrong after the answer has begun. */
  readonly onBug: (error: unknown, requestId: string | null) => void;
};

/**
 * `GET /api/events?organization=<slug>`: server-sent events for a page, `change` with the data `release` after releases of the organization
 * were changed, and so on for each kind of thing. By session only, and only for members; that is looked at again with every heartbeat.
 */
export function eventsRoute({ app, feed, streams, timers, onBug }: EventsOptions): Handler {
  async function mayGoOn(request: IncomingMessage, watcher: EventSubscriber): Promise<boolean> {
    try {
      const still = await findWatcher(app, request);
      return still.userId === watcher.userId && still.organizationId === watcher.organizationId;
    } catch (error) {
      if (!isAppError(error)) onBug(error, requestIdOf(request));
      return false;
    }
  }

  function open(request: IncomingMessage, response: ServerResponse, watcher: EventSubscriber): void {
    const stream = streams.open(watcher.userId, (onOver) =>
      openEventStream(response, {
        timers,
        mayGoOn: () => mayGoOn(request, watcher),
        onOver() {
          unfollow();
          onOver();
        },
      }),
    );
    const unfollow = stream ? feed.follow(watcher.organizationId, stream.send) : () => {};
    if (!stream) throw new AppError("unavailable", "Too many pages are open for live updates. Reload this one to see what is new.");
  }

  return async (request, response) => {
    try {
      if (request.method !== "GET") return sendJson(response, 405, { detail: `Method "${request.method}" not allowed.` }, { Allow: "GET" });
      const watcher = await findWatcher(app, request);
      // Gone in the meantime.
      if (!response.destroyed) open(request, response, watcher);
    } catch (error) {
      if (response.headersSent) throw error;
      if (isServerFault(error)) onBug(error, requestIdOf(request));
      const { status, body, headers } = errorAnswer(error, { isRest: false });
      sendJson(response, status, body, headers);
    }
  };
}

/**
 * Who may follow which organization, by a request's cookie and address. Does not count as a use of the session: a page that is left open
 * must not keep its session alive. Throws `invalid`, `unauthenticated` and `not_found`.
 */
async function findWatcher(app: App, request: IncomingMessage): Promise<EventSubscriber> {
  const organization = new URL(request.url ?? "/", "http://localhost").searchParams.get("organization");
  if (!organization) throw new AppError("invalid", "Say of which organization: /api/events?organization=<slug>.");
  const browser = { method: "GET", url: app.origin, headers: { get: (name: string) => headerOf(request, name) } };
  const session = await authenticateSession(app.store.read, browser, { now: app.now(), origin: app.origin });
  const nobody = await app.contextOf({ authorization: null, userAgent: null, requestId: requestIdOf(request) });
  return subscribeToEvents({ ...nobody, actor: session?.actor ?? null }, { organization });
}

function headerOf({ headers }: IncomingMessage, name: string): string | null {
  const value = headers[name];
  return typeof value === "string" ? value : null;
}

const requestIdOf = (request: IncomingMessage): string | null => headerOf(request, "x-request-id");

function sendJson(response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void {
  const always = { "Content-Type": "application/json", "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" };
  response.writeHead(status, { ...always, ...headers });
  response.end(JSON.stringify(body));
}
