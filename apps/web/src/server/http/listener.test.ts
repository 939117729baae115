import { createServer, IncomingMessage, request as httpRequest } from "node:http";
import { Socket } from "node:net";
import { afterEach, describe, expect, test, vi } from "vitest";
import { createLogger } from "#server/lifecycle/log.ts";
import { manualTimers } from "../../../test/manual-timers.ts";
import { createBodyWatch } from "./body-watch.ts";
import { clientReader, parseTrustedProxies, TRUST_NONE } from "./client-address.ts";
import { listen } from "./http-server.ts";
import {
  assignRequestId,
  createListener,
  type FinishedRequest,
  type Handler,
  loggedPath,
  logRequest,
  type RouteName,
  routeOf,
} from "./listener.ts";

describe("listener", () => {
  const servers = new Set<ReturnType<typeof createServer>>();

  afterEach(() => {
    for (const server of servers) server.close();
    servers.clear();
  });

  const sameHandler = (handler: Handler): Record<RouteName, Handler> => ({
    rest: handler,
    trpc: handler,
    auth: handler,
    events: handler,
    hooks: handler,
    probes: handler,
    pages: handler,
  });

  type Options = { readonly isClosing?: boolean; readonly proxies?: string; readonly url?: string };

  /** Starts a server with the same handler for all routes. */
  async function serving(handler: Handler | null, { isClosing = false, proxies = "", url: publicUrl }: Options = {}) {
    const finished: FinishedRequest[] = [];
    const onBug = vi.fn();
    const isTrusted = parseTrustedProxies(proxies) ?? TRUST_NONE;
    const listener = createListener({
      routes: () => (handler === null ? null : sameHandler(handler)),
      readClient: clientReader(isTrusted),
      url: publicUrl ?? null,
      bodies: createBodyWatch(manualTimers()),
      isClosing: () => isClosing,
      onFinished: (one) => void finished.push(one),
      onBug,
    });
    const server = createServer(listener);
    servers.add(server);
    const url = await listen(server, { host: "127.0.0.1", port: 0 });
    return { url, finished, onBug };
  }

  test("passes the validated target to the handler, and reports the finished request", async () => {
    const { url, finished } = await serving((request, response) => void response.writeHead(202).end(request.url));
    const response = await fetch(`${url}/api/0/a'b/?c=%22`, { method: "PUT" });
    expect([response.status, await response.text()]).toEqual([202, "/api/0/a'b/?c=%22"]);
    await vi.waitFor(() => expect(finished).toHaveLength(1));
    const id = response.headers.get("x-request-id");
    expect(finished[0]).toEqual({
      id,
      route: "rest",
      method: "PUT",
      target: "/api/0/a'b/?c=%22",
      client: "127.0.0.1",
      status: 202,
      seconds: expect.any(Number),
    });
  });

  test("responds for a handler that fails, and reports the failure with the request id", async () => {
    const { url, finished, onBug } = await serving(() => Promise.reject(new Error("broken")));
    const response = await fetch(`${url}/x`);
    expect([response.status, await response.json()]).toEqual([500, { detail: "Internal Error" }]);
    expect(onBug).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: "broken" }), response.headers.get("x-request-id"));
    await vi.waitFor(() => expect(finished).toMatchObject([{ route: "pages", status: 500 }]));
  });

  test("closes the connection if a handler fails during its response", async () => {
    const { url, onBug } = await serving((_request, response) => {
      response.writeHead(200, { "Content-Length": 10 }).write("half");
      return Promise.reject(new Error("broken"));
    });
    await expect(fetch(`${url}/x`).then((response) => response.text())).rejects.toThrow();
    expect(onBug).toHaveBeenCalledOnce();
  });

  test("reports an aborted request as 499", async () => {
    const abort = new AbortController();
    const { url, finished } = await serving(() => abort.abort());
    await expect(fetch(`${url}/x`, { signal: abort.signal })).rejects.toThrow();
    await vi.waitFor(() => expect(finished).toMatchObject([{ status: 499 }]));
  });

  test("responses close their connections while the server shuts down", async () => {
    const handler: Handler = (_request, response) => void response.end();
    const [open, closing] = [await serving(handler), await serving(handler, { isClosing: true })];
    expect((await fetch(open.url)).headers.get("connection")).toBe("keep-alive");
    expect((await fetch(closing.url)).headers.get("connection")).toBe("close");
  });

  test("responds with 503 and Retry-After until the server is ready", async () => {
    const { url, finished } = await serving(null);
    for (const path of ["/", "/api/0/organizations/", "/api/trpc/me.whoAmI", "/readyz"]) {
      const response = await fetch(url + path, { method: "POST", body: "{}" });
      expect([response.status, response.headers.get("retry-after"), response.headers.has("x-request-id")]).toEqual([503, "1", true]);
      expect(await response.json()).toEqual({ detail: "The server is starting. Try again in a moment." });
    }
    await vi.waitFor(() => expect(finished.map(({ status }) => status)).toEqual([503, 503, 503, 503]));
  });

  /** Returns what the handler receives of a request with these headers. */
  async function receivedWith(options: Options, headers: Record<string, string>) {
    const received: Record<string, unknown>[] = [];
    const { url, finished } = await serving((request, response) => {
      const names = ["forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-client-address"];
      const raw = request.rawHeaders.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
      received.push(Object.fromEntries(names.filter((name) => raw.includes(name)).map((name) => [name, request.headers[name]])));
      response.end();
    }, options);
    const hsts = await new Promise((resolve, reject) => {
      httpRequest(url, { headers }, (response) => {
        response.resume();
        response.once("end", () => resolve(response.headers["strict-transport-security"] ?? null));
      })
        .once("error", reject)
        .end();
    });
    await vi.waitFor(() => expect(finished).toHaveLength(1));
    return { received: received[0], client: finished[0]?.client, hsts };
  }

  const FORWARDED = { "X-Forwarded-For": "6.6.6.6, 198.51.100.1", "X-Forwarded-Proto": "https", "X-Forwarded-Host": "evil.test" };

  test("removes forwarded headers of untrusted peers before adapters and the log", async () => {
    const invented = { ...FORWARDED, Forwarded: "for=6.6.6.6;proto=https", "X-Client-Address": "6.6.6.6" };
    expect(await receivedWith({}, invented)).toEqual({ received: { "x-client-address": "127.0.0.1" }, client: "127.0.0.1", hsts: null });
    const elsewhere = await receivedWith({ proxies: "10.0.0.0/8" }, invented);
    expect(elsewhere).toEqual({ received: { "x-client-address": "127.0.0.1" }, client: "127.0.0.1", hsts: null });
  });

  test("uses the address, scheme and host that a trusted proxy forwards", async () => {
    expect(await receivedWith({ proxies: "loopback" }, FORWARDED)).toEqual({
      received: {
        "x-forwarded-for": "6.6.6.6, 198.51.100.1",
        "x-forwarded-host": "evil.test",
        "x-forwarded-proto": "https",
        "x-client-address": "198.51.100.1",
      },
      client: "198.51.100.1",
      hsts: "max-age=31536000",
    });
  });

  test("sends HSTS on every route if the public URL is https", async () => {
    for (const path of ["/", "/api/0/", "/api/trpc/x", "/api/auth/x", "/healthz", "/api/0/%2e%2e/"]) {
      const { url } = await serving((_request, response) => void response.end(), { url: "https://landfall.test" });
      expect((await fetch(url + path)).headers.get("strict-transport-security")).toBe("max-age=31536000");
    }
    const { url } = await serving(null, { url: "https://landfall.test" });
    expect((await fetch(url)).headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect((await receivedWith({ url: "http://landfall.test" }, {})).hsts).toBeNull();
  });
});

test.each([
  ["/api/0/", "rest"],
  ["/api/0/organizations/a/releases/?cursor=", "rest"],
  ["/api/trpc/releases.list?input=x", "trpc"],
  ["/api/auth/sign-in/password", "auth"],
  ["/api/auth/callback/oidc?code=x", "auth"],
  ["/api/events?organization=acme", "events"],
  ["/api/events", "events"],
  ["/api/events/", "rest"],
  ["/api/auth", "rest"],
  ["/api/hooks/release/builtin/1/abc/", "hooks"],
  ["/api/0", "rest"],
  ["/api/unknown", "rest"],
  ["/api/trpc", "rest"],
  ["/healthz", "probes"],
  ["/readyz?verbose", "probes"],
  ["/metrics", "probes"],
  ["/landfall.mjs", "probes"],
  ["/landfallXmjs", "pages"],
  ["/metrics/", "pages"],
  ["/healthzz", "pages"],
  ["/", "pages"],
  ["/api", "pages"],
  ["/setup/abc", "pages"],
  ["/_next/static/a.js", "pages"],
] as const)("routes %s to %s", (target, route) => {
  expect(routeOf(target)).toBe(route);
});

function request(...rawHeaders: string[]): IncomingMessage {
  const message = new IncomingMessage(new Socket());
  message.rawHeaders = rawHeaders;
  for (let at = 0; at < rawHeaders.length; at += 2) message.headers[String(rawHeaders[at]).toLowerCase()] = rawHeaders[at + 1];
  return message;
}

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe("assignRequestId", () => {
  test.each(["a", "build-4711", "0af7651916cd43dd8448eb211c80319c", "a:b.c_d", "x".repeat(64)])("keeps %s", (given) => {
    const message = request("Host", "x", "X-Request-Id", given);
    expect(assignRequestId(message)).toBe(given);
    expect(message.rawHeaders).toEqual(["Host", "x", "X-Request-Id", given]);
  });

  test.each(["", "x".repeat(65), "a b", 'a"b', "a,b", "é", "a\u0000", "${jndi}"])(
    "replaces %j in both places where adapters read headers",
    (given) => {
      const message = request("x-request-ID", given, "Host", "x", "X-Request-Id", given);
      const id = assignRequestId(message);
      expect(id).toMatch(UUID);
      expect(message.headers["x-request-id"]).toBe(id);
      expect(message.rawHeaders).toEqual(["Host", "x", "x-request-id", id]);
    },
  );

  test("generates a new one for each request without one", () => {
    const [one, other] = [request("Host", "x"), request("Host", "x")].map(assignRequestId);
    expect(one).toMatch(UUID);
    expect(one).not.toBe(other);
  });
});

describe("loggedPath", () => {
  test.each([
    ["/api/0/organizations/a/releases/?token=secret", "/api/0/organizations/a/releases/"],
    ["/api/0/a|b/", "/api/0/a|b/"],
    ["/setup/secret", "/setup/…"],
    ["/invite/secret?_rsc=1", "/invite/…"],
    ["/setup/secret?_rsc=1", "/setup/…"],
    ["/setup/", "/setup/"],
    ["/api/hooks/release/builtin/12/secret/", "/api/hooks/release/builtin/12/…"],
    ["/api/hooks/release/builtin/12/", "/api/hooks/release/builtin/12/"],
    ["http://landfall.test/setup/secret", "http://landfall.test/setup/…"],
    ["", ""],
  ])("logs %s as %s", (target, path) => {
    expect(loggedPath(target)).toBe(path);
  });

  test("truncates long paths", () => {
    expect(loggedPath(`/${"x".repeat(5000)}`)).toHaveLength(1025);
  });
});

describe("logRequest", () => {
  const finished = {
    id: "a",
    route: "rest",
    method: "GET",
    target: "/api/0/?q",
    client: "192.0.2.1",
    status: 200,
    seconds: 0.012_345,
  } as const;
  const lines: string[] = [];
  const write = { write: (line: string) => void lines.push(line) };

  test("is one line with milliseconds to one decimal", () => {
    logRequest(createLogger("info", write), finished);
    expect(JSON.parse(lines.join(""))).toMatchObject({
      id: "a",
      method: "GET",
      path: "/api/0/",
      status: 200,
      ms: 12.3,
      client: "192.0.2.1",
      msg: "request",
    });
  });

  test("is left out above the level info", () => {
    lines.length = 0;
    logRequest(createLogger("warn", write), finished);
    expect(lines).toEqual([]);
  });
});
