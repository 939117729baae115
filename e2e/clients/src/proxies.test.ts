import { createServer, request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { clientBinary } from "./client-binary.ts";
import { blockingProxy, recordingProxy } from "./proxies.ts";
import { projectNode, runProgram } from "./run-program.ts";

describe("the recording proxy", () => {
  const reached: string[] = [];
  const upstream = createServer((incoming, outgoing) => {
    reached.push(`${incoming.method} ${incoming.url} ${incoming.headers["authorization"] ?? ""}`);
    outgoing.writeHead(201, { "content-type": "application/json", "x-mark": "kept" }).end('{"done":true}');
  });
  let address = "";
  beforeEach(async () => {
    reached.length = 0;
    await new Promise<void>((listening) => upstream.listen(0, "127.0.0.1", listening));
    const bound = upstream.address();
    address = `http://127.0.0.1:${typeof bound === "object" ? bound?.port : 0}`;
  });
  afterEach(() => {
    upstream.close();
    upstream.closeAllConnections();
  });

  test("forwards request and response unchanged, and records them", async () => {
    await using proxy = await recordingProxy(address);
    const response = await fetch(`${proxy.url}/api/0/x/?cursor=`, {
      method: "POST",
      body: '{"a":"ü"}',
      headers: { authorization: "Bearer t" },
    });
    expect(response.status).toBe(201);
    expect(response.headers.get("x-mark")).toBe("kept");
    expect(await response.json()).toEqual({ done: true });
    expect(reached).toEqual(["POST /api/0/x/?cursor= Bearer t"]);
    expect(proxy.requests).toEqual([{ method: "POST", target: "/api/0/x/?cursor=", body: '{"a":"ü"}' }]);
  });

  test("does not normalize a path", async () => {
    await using proxy = await recordingProxy(address);
    await new Promise<void>((ended, failed) => {
      const options = { host: "127.0.0.1", port: new URL(proxy.url).port, path: "/a|b^c\\d/../e" };
      request(options, (response) => response.resume().once("end", ended))
        .once("error", failed)
        .end();
    });
    expect(reached).toEqual(["GET /a|b^c\\d/../e "]);
  });

  test("returns 503 only after the upstream has handled the request", async () => {
    await using proxy = await recordingProxy(address, (_, index) => (index === 0 ? "replace with 503" : "pass"));
    const statuses = [(await fetch(proxy.url)).status, (await fetch(proxy.url)).status];
    expect(statuses).toEqual([503, 201]);
    expect(reached).toHaveLength(2);
  });

  test("drops a connection after the upstream has handled the request", async () => {
    await using proxy = await recordingProxy(address, ({ method }) => (method === "POST" ? "drop" : "pass"));
    await expect(fetch(proxy.url, { method: "POST", body: "x" })).rejects.toThrow("fetch failed");
    expect((await fetch(proxy.url)).status).toBe(201);
    expect(reached.map((line) => line.split(" ")[0])).toEqual(["POST", "GET"]);
  });

  test("drops the connection if there is no upstream", async () => {
    await using proxy = await recordingProxy("http://127.0.0.1:1");
    await expect(fetch(proxy.url)).rejects.toThrow("fetch failed");
    expect(proxy.requests).toEqual([]);
  });
});

const fetching = (address: string) => ["-e", `fetch(${JSON.stringify(address)}).then(() => {}, () => {})`] as const;

test("blocks requests of a Node program to other hosts", async () => {
  await using blocking = await blockingProxy();
  await runProgram("fetching", [projectNode(), ...fetching("https://elsewhere.example.test/x")], { env: blocking.env });
  await runProgram("fetching", [projectNode(), ...fetching("http://elsewhere.example.test/y")], { env: blocking.env });
  expect(blocking.targets).toEqual(["elsewhere.example.test:443", "elsewhere.example.test:80"]);
});

test("blocks requests of a client to other hosts", async () => {
  await using blocking = await blockingProxy();
  const { file } = clientBinary("2.58", projectNode());
  const env = { ...blocking.env, SENTRY_URL: "https://elsewhere.example.test", SENTRY_AUTH_TOKEN: "x", SENTRY_ORG: "acme" };
  expect(await runProgram("listing", [file, "releases", "list"], { env })).toMatchObject({ code: 1 });
  expect(blocking.targets).toContain("elsewhere.example.test:443");
});

test("does not block requests to the loopback interface", async () => {
  await using blocking = await blockingProxy();
  await using near = await blockingProxy();
  await runProgram("fetching", [projectNode(), ...fetching(`${near.env["HTTP_PROXY"]}/z`)], { env: blocking.env });
  expect({ near: near.targets, blocking: blocking.targets }).toEqual({ near: ["/z"], blocking: [] });
});
