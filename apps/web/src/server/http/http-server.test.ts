import { once } from "node:events";
import { connect } from "node:net";
import { expect, test, vi } from "vitest";
import { manualTimers } from "../../../test/manual-timers.ts";
import { createHttpServer, listen } from "./http-server.ts";

test("refuses connections over the limit, closes idle ones first, and reports it once a minute", async () => {
  const timers = manualTimers();
  const onFull = vi.fn();
  const server = createHttpServer({ timers, onFull, maxConnections: 2 });
  server.on("request", (_request, response) => response.end("ok"));
  const { hostname, port } = new URL(await listen(server, { host: "127.0.0.1", port: 0 }));
  const open = () => connect(Number(port), hostname).on("error", () => undefined);
  try {
    const idle = [open(), open()];
    for (const socket of idle) {
      socket.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
      await once(socket, "data");
    }
    const closed = idle.map((socket) => once(socket, "close"));
    await once(open(), "close");
    await Promise.all(closed);
    const next = open();
    next.write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
    expect(String(await once(next, "data"))).toContain("200 OK");
    expect(onFull).toHaveBeenCalledOnce();
  } finally {
    server.closeAllConnections();
    server.close();
  }
});

test.each([
  ["headers over 16 KiB", `GET /?q=${"x".repeat(20_000)} HTTP/1.1\r\nHost: x\r\n\r\n`, 431, "more than 16 KiB"],
  ["a request that is not HTTP", "hello\r\n\r\n", 400, "not valid HTTP"],
])("%s get a JSON body", async (_name, request, status, detail) => {
  const server = createHttpServer({ timers: manualTimers(), onFull: () => undefined });
  const { hostname, port } = new URL(await listen(server, { host: "127.0.0.1", port: 0 }));
  try {
    const socket = connect(Number(port), hostname);
    socket.write(request);
    let response = "";
    for await (const part of socket) response += String(part);
    const [head = "", body = ""] = response.split("\r\n\r\n");
    expect(head).toContain(`HTTP/1.1 ${status} `);
    expect(JSON.parse(body)).toEqual({ detail: expect.stringContaining(detail) });
  } finally {
    server.close();
  }
});

test("refuses connections over 2,000 by default", () => {
  expect(createHttpServer({ timers: manualTimers(), onFull: () => undefined }).maxConnections).toBe(2000);
});
