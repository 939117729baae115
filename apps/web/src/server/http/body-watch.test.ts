import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type ManualTimers, manualTimers } from "../../../test/manual-timers.ts";
import { BODY_PROGRESS, createBodyWatch } from "./body-watch.ts";
import { clientReader, TRUST_NONE } from "./client-address.ts";
import { createHttpServer, listen } from "./http-server.ts";
import { createListener, type FinishedRequest, type Handler } from "./listener.ts";

const { bytes: LEAST, milliseconds: WINDOW } = BODY_PROGRESS;

let timers: ManualTimers;
let server: ReturnType<typeof createHttpServer>;
let url: string;
let finished: FinishedRequest[];
let handler: Handler;
const onBug = vi.fn();

beforeEach(async () => {
  timers = manualTimers();
  finished = [];
  onBug.mockReset();
  handler = async (request, response) => {
    let bytes = 0;
    // As in every adapter, an incomplete body is not a bug.
    try {
      for await (const chunk of request) bytes += Buffer.byteLength(chunk);
    } catch {
      bytes = -1;
    }
    response.end(String(bytes));
  };
  server = createHttpServer({ timers, onFull: () => undefined });
  const one: Handler = (request, response) => handler(request, response);
  const routes = { rest: one, trpc: one, auth: one, events: one, hooks: one, probes: one, pages: one };
  server.on(
    "request",
    createListener({
      routes: () => routes,
      readClient: clientReader(TRUST_NONE),
      url: null,
      bodies: createBodyWatch(timers),
      isClosing: () => false,
      onFinished: (last) => void finished.push(last),
      onBug,
    }),
  );
  url = await listen(server, { host: "127.0.0.1", port: 0 });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Opens a connection and sends the head of a request with a body of `length` bytes. `request` is the server's side of it. */
async function begin(
  length: number,
): Promise<{ socket: Socket; request: IncomingMessage; received: () => string; closed: Promise<unknown> }> {
  const { hostname, port } = new URL(url);
  let text = "";
  const requested = once(server, "request");
  const socket = connect(Number(port), hostname);
  socket.setEncoding("latin1").on("data", (part: string) => (text += part));
  socket.on("error", () => undefined);
  const closed = once(socket, "close");
  socket.write(`POST /api/0/ HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`);
  const [request] = await requested;
  return { socket, request, received: () => text, closed };
}

/** Sends bytes and waits until the server has received them. */
async function send(socket: Socket, request: IncomingMessage, bytes: number): Promise<void> {
  const until = request.socket.bytesRead + bytes;
  socket.write(Buffer.alloc(bytes));
  await vi.waitFor(() => expect(request.socket.bytesRead).toBeGreaterThanOrEqual(until), { interval: 1, timeout: 10_000 });
}

test("allows a body that keeps arriving to take hours", async () => {
  const pieces = 600;
  const { socket, request, received } = await begin(pieces * LEAST);
  for (let piece = 0; piece < pieces; piece += 1) {
    await send(socket, request, LEAST);
    timers.pass(WINDOW);
  }
  await vi.waitFor(() => expect(received()).toMatch(/^HTTP\/1\.1 200 /));
  expect(timers.now()).toBe(5 * 3_600_000);
  expect(received()).toContain(`\r\n\r\n${pieces * LEAST}`);
  expect(onBug).not.toHaveBeenCalled();
});

test("sets no other time limit for requests, and one minute for headers", () => {
  expect([server.requestTimeout, server.headersTimeout, server.timeout]).toEqual([0, 60_000, 0]);
});

test.each([
  ["stops arriving", 0],
  ["arrives byte by byte", 1],
])("responds with 408 to a body that %s, and closes the connection", async (_, bytes) => {
  const { socket, request, received, closed } = await begin(1_000_000);
  await send(socket, request, 100_000);
  timers.pass(5_000);
  for (let passed = 0; passed < WINDOW; passed += 5_000) {
    expect(received()).toBe("");
    if (bytes > 0) await send(socket, request, bytes);
    timers.pass(5_000);
  }
  await closed;
  expect(received()).toMatch(/^HTTP\/1\.1 408 Request Timeout\r\nConnection: close\r\n/);
  expect(received()).toContain('{"detail":"The request body stopped arriving."}');
  await vi.waitFor(() => expect(finished).toMatchObject([{ status: 408 }]));
  expect(onBug).not.toHaveBeenCalled();
});

test("sends no 408 after a response has begun", async () => {
  handler = (_request, response) => void response.writeHead(200, { "Content-Length": 10 }).write("half");
  const { received, closed } = await begin(1000);
  await vi.waitFor(() => expect(received()).toContain("half"));
  timers.pass(WINDOW + 5_000);
  await closed;
  expect(received()).not.toContain("408 Request Timeout");
});

test("does not cut off a body that the server is not reading", async () => {
  let continueReading = (): void => undefined;
  handler = async (request, response) => {
    await new Promise<void>((resolve) => (continueReading = resolve));
    let bytes = 0;
    for await (const chunk of request) bytes += Buffer.byteLength(chunk);
    response.end(String(bytes));
  };
  const length = 4_000_000;
  const { socket, request, received } = await begin(length);
  socket.write(Buffer.alloc(length));
  await vi.waitFor(() => expect(request.readableLength).toBeGreaterThanOrEqual(request.readableHighWaterMark));
  timers.pass(10 * WINDOW);
  continueReading();
  await vi.waitFor(() => expect(received()).toContain(`\r\n\r\n${length}`), { timeout: 10_000 });
});

test("sets no limit once the body is complete, and leaves no timer behind", async () => {
  let end = (): void => undefined;
  handler = (_request, response) => void (end = () => response.end("done"));
  const { socket, request, received } = await begin(10);
  await send(socket, request, 10);
  await vi.waitFor(() => expect(request.complete).toBe(true));
  timers.pass(100 * WINDOW);
  end();
  await vi.waitFor(() => expect(received()).toContain("done"));
  expect(timers.waiting()).toBe(0);
});
