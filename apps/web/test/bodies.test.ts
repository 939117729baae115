import path from "node:path";
import { connect, createServer, type Socket } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { provisioned } from "./provisioned.ts";
import { startProgram } from "./run-program.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";
import { waitFor } from "./wait-for.ts";

const scratch = scratchDir();
const dataDir = path.join(scratch.path, "data");
let server: RunningServer;
let token: string;
const open = new Set<Socket>();

beforeAll(async () => {
  token = await provisioned(dataDir);
  server = await runningServer(dataDir);
});
afterAll(async () => {
  for (const socket of open) socket.destroy();
  await server[Symbol.asyncDispose]();
  scratch[Symbol.dispose]();
});

const RELEASES = "/api/0/organizations/acme/releases/";
const LARGEST = 33_554_432;

type Sent = { readonly method?: string; readonly headers?: Record<string, string>; readonly begin?: string };

/** A connection that has sent a head and the beginning of a body, and keeps back the rest. */
function holdBack(target: string, length: number, { method = "POST", headers = {}, begin = "" }: Sent = {}) {
  const { hostname, port } = new URL(server.url);
  const lines = Object.entries({ Host: "x", "Content-Type": "application/json", "Content-Length": String(length), ...headers });
  let text = "";
  const socket = connect(Number(port), hostname);
  open.add(socket);
  socket.setEncoding("latin1").on("data", (part: string) => (text += part));
  socket.on("error", () => undefined);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${begin}`);
  const status = (): number | undefined => (text === "" ? undefined : Number(text.split(" ", 2)[1]));
  return { socket, status, text: () => text, answered: () => waitFor(status) };
}

const bearer = () => ({ Authorization: `Bearer ${token}` });

test.each([
  ["tRPC", "/api/trpc/commits.report", 401],
  ["tRPC, a procedure for anybody", "/api/trpc/me.whoAmI", 413],
  ["tRPC, no procedure", "/api/trpc/nothing", 413],
  ["REST", RELEASES, 401],
  ["a chunk upload", "/api/0/organizations/acme/chunk-upload/", 401],
  ["no route of REST", "/api/0/nothing/", 404],
  ["the release webhook", "/api/hooks/release/builtin/1/abc/", 403],
  ["sign-in", "/api/auth/sign-in/password", 413],
  ["no route of sign-in", "/api/auth/nothing", 404],
  ["live updates", "/api/events", 405],
  ["pages", "/acme/releases", 413],
  ["health", "/healthz", 404],
])("without credentials 32 MiB are refused before they are sent: %s", async (_, target, status) => {
  expect(await holdBack(target, LARGEST).answered()).toBe(status);
});

test.each([
  ["tRPC", "/api/trpc/commits.report"],
  ["REST", RELEASES],
])("with a token that is none as well: %s", async (_, target) => {
  expect(await holdBack(target, 100, { headers: { Authorization: "Bearer sntryu_none" } }).answered()).toBe(401);
});

test("12 anonymous bodies held back by one byte are refused, and the server keeps none of them", async () => {
  const begin = "x".repeat(16_384);
  const all = Array.from({ length: 12 }, () => holdBack("/api/trpc/commits.report", begin.length + 1, { begin }));
  expect(await Promise.all(all.map(({ answered }) => answered()))).toEqual(Array.from({ length: 12 }, () => 401));
});

test("12 bodies of one address held back: two are received, the others get 503 and come later", async () => {
  const held = Array.from({ length: 12 }, () => holdBack(RELEASES, LARGEST, { headers: bearer(), begin: "{" }));
  await waitFor(() => held.filter(({ status }) => status() !== undefined).length === 10);
  const refused = held.filter(({ status }) => status() !== undefined);
  for (const { text } of refused) expect(text()).toMatch(/^HTTP\/1\.1 503 [^]*^Retry-After: \d+\r$/m);
  const create = (version: string, description: string) =>
    fetch(`${server.url}${RELEASES}`, {
      method: "POST",
      headers: { ...bearer(), "Content-Type": "application/json" },
      body: JSON.stringify({ version, projects: ["web"], description }),
    });
  // Small requests are not in the budget.
  expect((await create("small", "")).status).toBe(201);
  expect((await create("large", "x".repeat(200_000))).status).toBe(503);
  for (const { socket } of held) socket.destroy();
  await waitFor(() => server.log().filter(({ status, path: target }) => status === 499 && target === RELEASES).length >= 2);
  expect((await create("large", "x".repeat(200_000))).status).toBe(201);
  expect(server.log().filter(({ msg }) => msg === "bug")).toEqual([]);
});

test("a form of 50,000 fields is refused", async () => {
  const body = Array.from({ length: 50_000 }, (_, number) => `f${number}`).join("&");
  const response = await fetch(`${server.url}${RELEASES}`, {
    method: "POST",
    headers: { ...bearer(), "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
  expect([response.status, await response.json()]).toEqual([400, { detail: "Form parse error - it has more than 1000 fields" }]);
});

/** A port that is free for the moment. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

test("every request on a connection that the starting server accepts is answered", { timeout: 60_000 }, async () => {
  const port = await freePort();
  const program = startProgram("server.ts", [], {
    PORT: String(port),
    HOST: "127.0.0.1",
    LANDFALL_PAGES: "off",
    LANDFALL_DATA_DIR: path.join(scratch.path, "starting"),
  });
  const statuses: Promise<number>[] = [];
  try {
    while (!program.stdout().includes("ready on")) {
      const socket = connect(port, "127.0.0.1");
      const isAccepted = await new Promise<boolean>((resolve) => {
        socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      });
      if (!isAccepted) continue;
      statuses.push(
        new Promise((resolve, reject) => {
          socket.once("data", (data) => resolve(Number(String(data).split(" ", 2)[1])));
          socket.once("close", () => reject(new Error("closed without an answer")));
          socket.setTimeout(10_000, () => socket.destroy());
          socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
        }),
      );
      statuses.at(-1)?.catch(() => undefined);
    }
    expect(statuses).not.toEqual([]);
    for (const status of await Promise.all(statuses)) expect([200, 503]).toContain(status);
  } finally {
    program.process.kill("SIGKILL");
    await program.ended;
  }
});
