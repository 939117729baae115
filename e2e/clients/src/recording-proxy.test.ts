import { createServer, request } from "node:http";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { recordingProxy } from "./recording-proxy.ts";

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

  test("hands over the request and the answer unchanged, and keeps a copy", async () => {
    await using proxy = await recordingProxy(address);
    const answer = await fetch(`${proxy.url}/api/0/x/?cursor=`, {
      method: "POST",
      body: '{"a":"ü"}',
      headers: { authorization: "Bearer t" },
    });
    expect(answer.status).toBe(201);
    expect(answer.headers.get("x-mark")).toBe("kept");
    expect(await answer.json()).toEqual({ done: true });
    expect(reached).toEqual(["POST /api/0/x/?cursor= Bearer t"]);
    expect(proxy.requests).toEqual([{ method: "POST", target: "/api/0/x/?cursor=", body: '{"a":"ü"}' }]);
  });

  test("does not clean a path up", async () => {
    await using proxy = await recordingProxy(address);
    await new Promise<void>((ended, failed) => {
      const options = { host: "127.0.0.1", port: new URL(proxy.url).port, path: "/a|b^c\\d/../e" };
      request(options, (answer) => answer.resume().once("end", ended))
        .once("error", failed)
        .end();
    });
    expect(reached).toEqual(["GET /a|b^c\\d/../e "]);
  });

  test("says 503 only after the upstream has done the work", async () => {
    await using proxy = await recordingProxy(address, (_, index) => (index === 0 ? "answer 503" : "pass"));
    const statuses = [(await fetch(proxy.url)).status, (await fetch(proxy.url)).status];
    expect(statuses).toEqual([503, 201]);
    expect(reached).toHaveLength(2);
  });

  test("drops a connection, also after the work", async () => {
    await using proxy = await recordingProxy(address, ({ method }) => (method === "POST" ? "drop" : "pass"));
    await expect(fetch(proxy.url, { method: "POST", body: "x" })).rejects.toThrow("fetch failed");
    expect((await fetch(proxy.url)).status).toBe(201);
    expect(reached.map((line) => line.split(" ")[0])).toEqual(["POST", "GET"]);
  });

  test("drops the connection when there is no upstream", async () => {
    await using proxy = await recordingProxy("http://127.0.0.1:1");
    await expect(fetch(proxy.url)).rejects.toThrow("fetch failed");
    expect(proxy.requests).toEqual([]);
  });
});
