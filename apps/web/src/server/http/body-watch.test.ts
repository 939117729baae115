import { once } from "node:events";
import type { IncomingMessage } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type HandTimers, handTimers } from "../../../test/hand-timers.ts";
import { BODY_PROGRESS, createBodyWatch } from "./body-watch.ts";
import { clientReader, TRUST_NONE } from "./client-address.ts";
import { createHttpServer, listen } from "./http-server.ts";
import { createListener, type FinishedRequest, type Handler } from "./listener.ts";

const { bytes: LEAST, milliseconds: WINDOW } = BODY_PROGRESS;

let timers: HandTimers;
let server: ReturnType<typeof createHttpServer>;
let url: string;
let answered: FinishedRequest[];
let handler: Handler;
const onBug = vi.fn();

beforeEach(async () => {
  timers = handTimers();
  answered = [];
  onBug.mockReset();
  handler = async (request, response) => {
    let bytes = 0;
    // As every adapter does: a body that breaks off is not a bug.
    try {
      for await (const chunk of request) bytes += Buffer.byteLength(chunk);
    } catch {
      bytes = -1;
    }
    response.end(String(bytes));
  };
  server = createHttpServer({ timers, onFull: () => undefined });
  const one: Handler = (request, response) => handler(request, response);
  const routes = { rest: one, trpc: one, auth: one, events: one, hooks: one, operations: one, pages: one };
  server.on(
    "request",
    createListener({
      routes: () => routes,
      readClient: clientReader(TRUST_NONE),
      url: null,
      bodies: createBodyWatch(timers),
      isClosing: () => false,
      onFinished: (last) => void answered.push(last),
      onBug,
    }),
  );
  url = await listen(server, { host: "127.0.0.1", port: 0 });
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** A connection that has sent the head of a request with a body of `length` bytes; `request` is what the server has of it. */
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

/** Sends bytes and waits until the server has them. */
async function send(socket: Socket, request: IncomingMessage, bytes: number): Promise<void> {
  const until = request.socket.bytesRead + bytes;
  socket.write(Buffer.alloc(bytes));
  await vi.waitFor(() => expect(request.socket.bytesRead).toBeGreaterThanOrEqual(until), { interval: 1, timeout: 10_000 });
}

test("a body that keeps arriving may take hours", async () => {
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

test("nothing else limits the time of a request, and headers have a minute", () => {
  expect([server.requestTimeout, server.headersTimeout, server.timeout]).toEqual([0, 60_000, 0]);
});

test.each([
  ["stops arriving", 0],
  ["arrives byte by byte", 1],
])("a body that %s is cut off with 408, and its connection closed", async (_, bytes) => {
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
  await vi.waitFor(() => expect(answered).toMatchObject([{ status: 408 }]));
  expect(onBug).not.toHaveBeenCalled();
});

test("an answer that has begun is not followed by another", async () => {
  handler = (_request, response) => void response.writeHead(200, { "Content-Length": 10 }).write("half");
  const { received, closed } = await begin(1000);
  await vi.waitFor(() => expect(received()).toContain("half"));
  timers.pass(WINDOW + 5_000);
  await closed;
  expect(received()).not.toContain("408");
});

test("a body that the server does not read for now is not cut off", async () => {
  let readOn = (): void => undefined;
  handler = async (request, response) => {
    await new Promise<void>((resolve) => (readOn = resolve));
    let bytes = 0;
    for await (const chunk of request) bytes += Buffer.byteLength(chunk);
    response.end(String(bytes));
  };
  const length = 4_000_000;
  const { socket, request, received } = await begin(length);
  socket.write(Buffer.alloc(length));
  await vi.waitFor(() => expect(request.readableLength).toBeGreaterThanOrEqual(request.readableHighWaterMark));
  timers.pass(10 * WINDOW);
  readOn();
  await vi.waitFor(() => expect(received()).toContain(`\r\n\r\n${length}`), { timeout: 10_000 });
});

test("a request whose body has arrived may take as long as it needs, and nothing is left to do after it", async () => {
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
