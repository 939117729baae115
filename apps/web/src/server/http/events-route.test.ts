import { DAY } from "@landfall/domain/durations";
import { createServer, type Server } from "node:http";
import { connect } from "node:net";
import { createApp } from "@landfall/core/create-app";
import { SYSTEM_ACTOR } from "@landfall/core/kernel/actor";
import { createRelease } from "@landfall/core/operations/releases/create";
import { endSessions } from "@landfall/core/records/accounts/sessions";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { signIn } from "@landfall/testing/network/sign-in";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { type EventReader, readEvents } from "../../../test/event-reader.ts";
import { type ManualTimers, manualTimers } from "../../../test/manual-timers.ts";
import { createEventFeed, type EventFeed } from "./event-feed.ts";
import { createOpenStreams, type OpenStreams } from "./event-streams.ts";
import { eventsRoute } from "./events-route.ts";
import { listen } from "./http-server.ts";

let bench: TestApp;
let timers: ManualTimers;
let feed: EventFeed;
let streams: OpenStreams;
let server: Server;
let url: string;
let userId: number;
let acme: number;
let cookie: string;
const onBug = vi.fn();
const readers = new Set<EventReader>();

beforeEach(async () => {
  bench = await createTestApp();
  ({ id: acme } = await bench.given.organization("acme"));
  await bench.given.organization("globex");
  await bench.given.project("acme", "web");
  ({ id: userId } = await bench.given.user("ada@acme.test", { organization: "acme" }));
  ({ cookie } = await signIn(bench.app, userId));
  timers = manualTimers();
  feed = createEventFeed(timers);
  streams = createOpenStreams({ perPerson: 3, total: 4 });
  onBug.mockReset();
  const handle = eventsRoute({ app: bench.app, feed, streams, timers, onBug });
  server = createServer((request, response) => void Promise.resolve(handle(request, response)).catch(() => response.destroy()));
  url = await listen(server, { host: "127.0.0.1", port: 0 });
});

afterEach(async () => {
  for (const reader of readers) reader.leave();
  readers.clear();
  server.close();
  server.closeAllConnections();
  await bench.close();
});

/** Opens a stream and reads up to the first place for a change. */
async function opened(by = cookie): Promise<EventReader> {
  const reader = await readEvents(url, "acme", by);
  readers.add(reader);
  expect(await reader.next()).toBe("retry: 3000");
  return reader;
}

const change = (kind: string) => {
  feed.publish({ organizationId: acme, kind });
  timers.pass(500);
};

describe("a stream", () => {
  test("is a response that is neither cached nor buffered", async () => {
    const { response } = await opened();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toMatchObject({
      "content-type": "text/event-stream; charset=utf-8",
      "cache-control": "no-store",
      "x-accel-buffering": "no",
      connection: "close",
    });
  });

  test("sends the changes of an app that publishes them", async () => {
    const reader = await opened();
    const app = createApp({ ...bench.app, onChange: feed.publish });
    const ci = await callers(app, bench.given).ci("acme");
    const commits = [{ id: "a", message: "feat: wings" }];
    await createRelease(ci, { organization: "acme", version: "1.0.0", projects: ["web"], commits });
    timers.pass(30);
    expect(await reader.next()).toBe("event: change\ndata: release");
    expect(await reader.next()).toBe("event: change\ndata: commits");
  });

  test("continues after a heartbeat", async () => {
    const reader = await opened();
    for (let time = 0; time < 2; time += 1) {
      timers.pass(25_000);
      expect(await reader.next()).toBe(":");
      await vi.waitFor(() => expect(timers.waiting()).toBe(1));
    }
    change("deploy");
    expect(await reader.next()).toBe("event: change\ndata: deploy");
  });

  test("leaves no timer or follower behind when the client disconnects", async () => {
    const reader = await opened();
    expect(timers.waiting()).toBe(1);
    reader.leave();
    await vi.waitFor(() => expect(timers.waiting()).toBe(0));
    change("deploy");
    expect(timers.waiting()).toBe(0);
  });

  test("does not keep its session in use", async () => {
    const onSessionUse = vi.fn();
    const app = createApp({ ...bench.app, onSessionUse });
    const handle = eventsRoute({ app, feed, streams, timers, onBug });
    server.removeAllListeners("request");
    server.on("request", (request, response) => void handle(request, response));
    const reader = await opened();
    timers.pass(25_000);
    expect(await reader.next()).toBe(":");
    expect(onSessionUse).not.toHaveBeenCalled();
  });
});

describe("a stream ends at the heartbeat", () => {
  const write = (work: Parameters<typeof bench.app.store.transaction>[0]) => bench.app.store.transaction(work);

  test.each<[string, () => unknown]>([
    [
      "its session was ended",
      () =>
        write((tx) => {
          const context = { ...bench.app, actor: null, requestId: null, userAgent: null };
          return endSessions({ tx, actor: SYSTEM_ACTOR, now: bench.clock.now(), context }, userId, eq(tx.tables.sessions.userId, userId));
        }),
    ],
    ["its session ran out", () => bench.clock.advance(31 * DAY)],
    ["the member left the organization", () => write((tx) => tx.delete(tx.tables.members))],
    ["the user was deactivated", () => write((tx) => tx.update(tx.tables.users).set({ isActive: false }))],
    ["the organization was deleted", () => write((tx) => tx.delete(tx.tables.organizations).where(eq(tx.tables.organizations.id, acme)))],
    [
      "the slug now belongs to another organization",
      async () => {
        await write((tx) => tx.update(tx.tables.organizations).set({ slug: "old" }).where(eq(tx.tables.organizations.id, acme)));
        const { id: organizationId } = await bench.given.organization("acme");
        await write((tx) => tx.update(tx.tables.members).set({ organizationId }));
      },
    ],
  ])("after %s", async (_name, happens) => {
    const reader = await opened();
    await happens();
    change("release");
    expect(await reader.nextKind()).toBe("release");
    timers.pass(25_000);
    expect(await reader.next()).toBeNull();
    await vi.waitFor(() => expect(timers.waiting()).toBe(0));
    expect(onBug).not.toHaveBeenCalled();
  });

  test("when access cannot be checked, and the failure is reported", async () => {
    const reader = await opened();
    await bench.app.store.close();
    timers.pass(25_000);
    expect(await reader.next()).toBeNull();
    expect(onBug).toHaveBeenCalledOnce();
  });
});

describe("refused", () => {
  test.each([
    ["nobody", "acme", () => "", 401],
    ["an invalid session", "acme", () => `landfall.session_token=${"a".repeat(32)}.x`, 401],
    ["another organization", "globex", () => cookie, 404],
    ["an unknown organization", "nope", () => cookie, 404],
    ["an organization with an invalid slug", "a\0", () => cookie, 404],
    ["no organization", "", () => cookie, 400],
  ])("%s", async (_name, organization, by, status) => {
    const { response } = await readEvents(url, organization, by());
    expect([response.status, response.headers.get("cache-control")]).toEqual([status, "no-store"]);
    expect(await response.json()).toEqual({ detail: expect.stringMatching(/^\w.+ .+\w/) });
  });

  test("a token", async () => {
    for (const token of [await bench.given.orgToken("acme"), await bench.given.userToken("ada@acme.test", ["org:read"])]) {
      const response = await fetch(`${url}/api/events?organization=acme`, { headers: { authorization: `Bearer ${token}` } });
      expect(response.status).toBe(401);
    }
  });

  test("any other method", async () => {
    const response = await fetch(`${url}/api/events?organization=acme`, { method: "POST", headers: { cookie } });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET"]);
  });

  test("streams beyond the total limit; the oldest stream of a person ends when they open another", async () => {
    const own = [await opened(), await opened(), await opened(), await opened()];
    expect(await own[0]?.next()).toBeNull();
    const { id } = await bench.given.user("bob@acme.test", { organization: "acme" });
    const bob = (await signIn(bench.app, id)).cookie;
    await opened(bob);
    const { response } = await readEvents(url, "acme", bob);
    expect([response.status, await response.json()]).toEqual([503, { detail: expect.stringMatching(/^Too many pages/) }]);
    change("deploy");
    for (const reader of own.slice(1)) expect(await reader.next()).toBe("event: change\ndata: deploy");
  });
});

test("a client that does not read is disconnected", async () => {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const dropped = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {}).write(`GET /api/events?organization=acme HTTP/1.1\r\nHost: x\r\nCookie: ${cookie}\r\n\r\n`);
  await vi.waitFor(() => expect(timers.waiting()).toBe(1));
  socket.pause();
  // The operating system buffers a few megabytes for a client.
  for (let time = 0; time < 100 && timers.waiting() > 0; time += 1) {
    change("x".repeat(1_000_000));
    await new Promise(setImmediate);
  }
  expect(timers.waiting()).toBe(0);
  socket.resume();
  await dropped;
});

test("all streams end when the server stops, and none can be opened", async () => {
  const [one, other] = [await opened(), await opened()];
  streams.endAll();
  expect([await one.next(), await other.next()]).toEqual([null, null]);
  expect((await readEvents(url, "acme", cookie)).response.status).toBe(503);
  await vi.waitFor(() => expect(timers.waiting()).toBe(0));
});
