import { createServer } from "node:http";
import type { Door } from "./door.ts";
import { afterEach, expect, test, vi } from "vitest";
import { type Answered, createListener, type Handler } from "./listener.ts";
import { listen } from "./listen.ts";

const servers = new Set<ReturnType<typeof createServer>>();
afterEach(() => {
  for (const server of servers) server.close();
  servers.clear();
});

/** A server all of whose doors are the same. */
async function serving(handler: Handler, isClosing = false) {
  const answered: Answered[] = [];
  const onBug = vi.fn();
  const doors: Record<Door, Handler> = {
    rest: handler,
    trpc: handler,
    auth: handler,
    events: handler,
    hooks: handler,
    operations: handler,
    pages: handler,
  };
  const server = createServer(createListener({ doors, isClosing: () => isClosing, onAnswered: (one) => void answered.push(one), onBug }));
  servers.add(server);
  const url = await listen(server, { host: "127.0.0.1", port: 0 });
  return { url, answered, onBug };
}

test("a door is handed the safe target, and what it did is told", async () => {
  const { url, answered } = await serving((request, response) => void response.writeHead(202).end(request.url));
  const response = await fetch(`${url}/api/0/a'b/?c=%22`, { method: "PUT" });
  expect([response.status, await response.text()]).toEqual([202, "/api/0/a'b/?c=%22"]);
  await vi.waitFor(() => expect(answered).toHaveLength(1));
  const id = response.headers.get("x-request-id");
  expect(answered[0]).toEqual({ id, door: "rest", method: "PUT", target: "/api/0/a'b/?c=%22", status: 202, seconds: expect.any(Number) });
});

test("a door that fails is answered for, with the id it is told under", async () => {
  const { url, answered, onBug } = await serving(() => Promise.reject(new Error("broken")));
  const response = await fetch(`${url}/x`);
  expect([response.status, await response.json()]).toEqual([500, { detail: "Internal Error" }]);
  expect(onBug).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: "broken" }), response.headers.get("x-request-id"));
  await vi.waitFor(() => expect(answered).toMatchObject([{ door: "pages", status: 500 }]));
});

test("a door that fails in the middle of an answer cuts it", async () => {
  const { url, onBug } = await serving((_request, response) => {
    response.writeHead(200, { "Content-Length": 10 }).write("half");
    return Promise.reject(new Error("broken"));
  });
  await expect(fetch(`${url}/x`).then((response) => response.text())).rejects.toThrow();
  expect(onBug).toHaveBeenCalledOnce();
});

test("a sender who does not wait is told as 499", async () => {
  const abort = new AbortController();
  const { url, answered } = await serving(() => abort.abort());
  await expect(fetch(`${url}/x`, { signal: abort.signal })).rejects.toThrow();
  await vi.waitFor(() => expect(answered).toMatchObject([{ status: 499 }]));
});

test("while the server closes, answers end their connections", async () => {
  const handler: Handler = (_request, response) => void response.end();
  const [open, closing] = [await serving(handler), await serving(handler, true)];
  expect((await fetch(open.url)).headers.get("connection")).toBe("keep-alive");
  expect((await fetch(closing.url)).headers.get("connection")).toBe("close");
});
