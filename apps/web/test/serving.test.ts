import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { rawRequest } from "./raw-request.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { waitFor } from "./wait-for.ts";

const scratch = scratchDir();
let server: RunningServer;
let token: string;
const METRICS_TOKEN = "metrics-of-a-test";

beforeAll(async () => {
  const dataDir = path.join(scratch.path, "data");
  token = await provisioned(dataDir);
  server = await runningServer(dataDir, { LANDFALL_METRICS_TOKEN: METRICS_TOKEN, LANDFALL_TRUSTED_PROXIES: "198.51.100.0/24" });
});

afterAll(async () => {
  await server[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

const releases = "/api/0/organizations/acme/releases/";

function request(target: string, init: RequestInit = {}): Promise<Response> {
  return fetch(`${server.url}${target}`, { ...init, headers: { Authorization: `Bearer ${token}`, ...init.headers } });
}

const create = (version: string) =>
  request(releases, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ version, projects: ["web"] }),
  });

describe("probes", () => {
  test("/healthz and /readyz need no token", async () => {
    const health = await fetch(`${server.url}/healthz`);
    expect([health.status, await health.json()]).toEqual([200, { status: "ok" }]);
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, await ready.json()]).toEqual([200, { status: "ready" }]);
  });

  test("/metrics has requests by route and status, transactions, memory and event loop lag", async () => {
    await create("metrics-1");
    await fetch(`${server.url}/api/0/nothing/`);
    const response = await fetch(`${server.url}/metrics`, { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } });
    expect(response.headers.get("content-type")).toMatch(/^text\/plain; version=0\.0\.4/);
    const text = await response.text();
    expect(text).toMatch(/^landfall_http_request_duration_seconds_count\{route="rest",status="201"\} [1-9]/m);
    expect(text).toMatch(/^landfall_http_request_duration_seconds_count\{route="rest",status="404"\} [1-9]/m);
    expect(text).toMatch(/^landfall_store_transactions_total\{outcome="committed"\} [1-9]/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+/m);
    expect(text).toMatch(/^nodejs_eventloop_lag_seconds /m);
    for (const line of text.split("\n")) expect(line).toMatch(/^(?:#.*|\w+(?:\{[^}]*\})? \S+|)$/);
  });

  test.each<Record<string, string>>([{}, { Authorization: "Bearer wrong" }, { Authorization: METRICS_TOKEN }])(
    "/metrics requires its token: %j",
    async (headers) => {
      const response = await fetch(`${server.url}/metrics`, { headers });
      expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining("landfall_")]);
    },
  );

  test("the token of /metrics and the tokens of organizations are not interchangeable", async () => {
    expect((await request("/metrics")).status).toBe(401);
    const response = await fetch(`${server.url}${releases}`, { headers: { Authorization: `Bearer ${METRICS_TOKEN}` } });
    expect(response.status).toBe(401);
  });

  test("without pages, other paths are 404", async () => {
    const response = await fetch(`${server.url}/`);
    expect([response.status, response.headers.has("x-request-id")]).toEqual([404, true]);
  });
});

describe("routes", () => {
  test("tRPC is served", async () => {
    const response = await request("/api/trpc/releases.list?input=%7B%22organization%22%3A%22acme%22%7D");
    expect(response.status).toBe(200);
    expect(await response.json()).toHaveProperty("result.data");
  });

  test("responds to an unknown path below /api/ with the wire's 404", async () => {
    const response = await request("/api/nothing");
    expect([response.status, response.headers.get("content-type")]).toEqual([404, "text/plain; charset=utf-8"]);
  });

  test("URLs in responses have the origin of the request", async () => {
    const direct = await request(releases);
    expect(direct.headers.get("link")).toContain(`<${server.url}${releases}`);
    const invented = await request(releases, { headers: { "X-Forwarded-Proto": "https", "X-Forwarded-Host": "landfall.test" } });
    expect(invented.headers.get("link")).toContain(`<${server.url}${releases}`);
    expect(invented.headers.has("strict-transport-security")).toBe(false);
  });
});

describe("request targets are not normalized", () => {
  const get = async (target: string, host = "Host: landfall.test\r\n") => {
    const received = await rawRequest(
      server.url,
      `GET ${target} HTTP/1.1\r\n${host}Authorization: Bearer ${token}\r\nConnection: close\r\n\r\n`,
    );
    const [head = "", body = ""] = received.split("\r\n\r\n", 2);
    return { status: Number(head.split(" ", 2)[1]), head, body };
  };

  test.each(["a|b^c", "web@1.0.0'~[x]", 'quo"te', "curly{brace}", "tick`"])("%s", async (version) => {
    expect((await create(version)).status).toBe(201);
    const { status, body } = await get(`${releases}${version}/`);
    expect(status).toBe(200);
    expect(body).toContain(JSON.stringify(version));
  });

  test("a backslash is not a slash", async () => {
    expect((await create("commits")).status).toBe(201);
    const { status, body } = await get(`${releases}commits\\commits/`);
    expect([status, body]).toEqual([404, expect.stringContaining('{"detail":"The requested resource does not exist"}')]);
  });

  test.each(["..", ".", "%2e%2e", ".%2E", "x/../..", "..?a=b"])("a dot segment is not resolved: %s", async (segment) => {
    const { status, body, head } = await get(`/api/0/organizations/${segment}/`);
    expect([status, JSON.parse(/\{.*\}/.exec(body)?.[0] ?? "null")]).toEqual([404, { detail: "The requested resource does not exist" }]);
    expect(head).toMatch(/^X-Request-Id: /m);
  });

  test("the absolute form", async () => {
    expect((await get(`http://landfall.test${releases}`)).status).toBe(200);
  });

  test("an invalid Host is rejected", async () => {
    expect((await get("/api/0/", "Host: a b\r\n")).status).toBe(400);
  });
});

describe("request ids and the log", () => {
  const lineOf = (id: string) => waitFor(() => server.log().find((line) => line.id === id));

  test("a request without an id gets one, in its response and log line", async () => {
    const response = await request(releases);
    const id = response.headers.get("x-request-id") ?? "";
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const { level, time, ms, ...line } = await lineOf(id);
    expect(line).toEqual({ id, method: "GET", path: releases, status: 200, client: "127.0.0.1", msg: "request" });
    expect([level, typeof time, typeof ms]).toEqual([30, "string", "number"]);
  });

  test("the log is only on standard error", async () => {
    const response = await request(releases);
    await lineOf(response.headers.get("x-request-id") ?? "");
    expect(
      server.program
        .stdout()
        .split("\n")
        .filter((line) => line.startsWith("{")),
    ).toEqual([]);
  });

  test("keeps an id that was sent", async () => {
    const id = "build-4711:step.2";
    const response = await request(releases, { headers: { "X-Request-Id": id } });
    expect(response.headers.get("x-request-id")).toBe(id);
    expect(await lineOf(id)).toMatchObject({ status: 200 });
  });

  test.each([["spaces in it"], ["x".repeat(65)], ['"}{'], ["a, b"]])("replaces an invalid id: %j", async (sent) => {
    const response = await request(releases, { headers: { "X-Request-Id": sent } });
    expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
  });

  test("no token, password, query or signature is logged", async () => {
    const secrets = [token, "hunter2-in-a-body", "hunter2-in-a-query", "hunter2-as-a-key", "hunter2-as-a-signature", "hunter2-in-a-link"];
    await request(`${releases}?token=hunter2-in-a-query`);
    await create("hunter2-in-a-body");
    await request("/api/hooks/release/builtin/1/hunter2-as-a-signature/", { method: "POST", body: "{}" });
    await request("/setup/hunter2-in-a-link");
    const basic = Buffer.from("hunter2-as-a-key:").toString("base64");
    const last = await fetch(`${server.url}/api/0/`, { headers: { Authorization: `Basic ${basic}` } });
    await lineOf(last.headers.get("x-request-id") ?? "");
    const all = server.program.stderr() + server.program.stdout();
    for (const secret of [...secrets, basic]) expect(all).not.toContain(secret);
    expect(all).toContain('"path":"/api/hooks/release/builtin/1/…"');
    expect(all).toContain('"path":"/setup/…"');
  });
});

describe("behind a proxy, with a public URL", () => {
  test("uses forwarded addresses, schemes and hosts of trusted proxies; /metrics is off without a token", async () => {
    using own = scratchDir();
    await using proxied = await runningServer(own.path, { LANDFALL_TRUSTED_PROXIES: "loopback" });
    const response = await fetch(`${proxied.url}/api/0/`, {
      headers: {
        "X-Forwarded-For": "203.0.113.9",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-Host": "landfall.test",
        "X-Request-Id": "proxied",
      },
    });
    expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
    expect(await waitFor(() => proxied.log().find(({ id }) => id === "proxied"))).toMatchObject({ client: "203.0.113.9" });
    expect((await fetch(`${proxied.url}/metrics`)).status).toBe(404);
  });

  test.each(["/", "/api/0/organizations/", "/api/trpc/me.whoAmI", "/api/auth/nothing", "/api/events", "/healthz", "/metrics"])(
    "sends HSTS on %s if the public URL is https",
    async (target) => {
      const response = await fetch(`${secure.url}${target}`);
      expect(response.headers.get("strict-transport-security")).toBe("max-age=31536000");
    },
  );

  const own = scratchDir();
  let secure: RunningServer;
  beforeAll(async () => {
    secure = await runningServer(own.path, { LANDFALL_URL: "https://landfall.test" });
  });
  afterAll(async () => {
    await secure[Symbol.asyncDispose]();
    own[Symbol.dispose]();
  });
});
