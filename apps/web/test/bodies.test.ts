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

/** Opens a connection that sends a head and the beginning of a body, but not the rest. */
function sendPartly(target: string, length: number, { method = "POST", headers = {}, begin = "" }: Sent = {}) {
  const { hostname, port } = new URL(server.url);
  const lines = Object.entries({ Host: "x", "Content-Type": "application/json", "Content-Length": String(length), ...headers });
  let text = "";
  const socket = connect(Number(port), hostname);
  open.add(socket);
  socket.setEncoding("latin1").on("data", (part: string) => (text += part));
  socket.on("error", () => undefined);
  socket.write(`${method} ${target} HTTP/1.1\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join("")}\r\n${begin}`);
  const status = (): number | undefined => (text === "" ? undefined : Number(text.split(" ", 2)[1]));
  return { socket, status, text: () => text, nextStatus: () => waitFor(status) };
}

const bearer = () => ({ Authorization: `Bearer ${token}` });

test.each([
  ["tRPC", "/api/trpc/commits.report", 401],
  ["tRPC, a public procedure", "/api/trpc/me.whoAmI", 413],
  ["tRPC, an unknown procedure", "/api/trpc/nothing", 413],
  ["REST", RELEASES, 401],
  ["a chunk upload", "/api/0/organizations/acme/chunk-upload/", 401],
  ["REST, an unknown path", "/api/0/nothing/", 404],
  ["the release webhook", "/api/hooks/release/builtin/1/abc/", 403],
  ["sign-in", "/api/auth/sign-in/password", 413],
  ["sign-in, an unknown path", "/api/auth/nothing", 404],
  ["live updates", "/api/events", 405],
  ["pages", "/acme/releases", 413],
  ["health", "/healthz", 404],
])("rejects 32 MiB without credentials before they are sent: %s", async (_, target, status) => {
  expect(await sendPartly(target, LARGEST).nextStatus()).toBe(status);
});

test.each([
  ["tRPC", "/api/trpc/commits.report"],
  ["REST", RELEASES],
])("rejects 32 MiB with an invalid token before they are sent: %s", async (_, target) => {
  expect(await sendPartly(target, 100, { headers: { Authorization: "Bearer sntryu_none" } }).nextStatus()).toBe(401);
});

test("rejects 12 anonymous bodies that lack one byte, and keeps none of them in memory", async () => {
  const begin = "x".repeat(16_384);
  const all = Array.from({ length: 12 }, () => sendPartly("/api/trpc/commits.report", begin.length + 1, { begin }));
  expect(await Promise.all(all.map(({ nextStatus }) => nextStatus()))).toEqual(Array.from({ length: 12 }, () => 401));
});

test("receives two of 12 stalled bodies from one address; the others get 503 and succeed later", async () => {
  const stalled = Array.from({ length: 12 }, () => sendPartly(RELEASES, LARGEST, { headers: bearer(), begin: "{" }));
  await waitFor(() => stalled.filter(({ status }) => status() !== undefined).length === 10);
  const refused = stalled.filter(({ status }) => status() !== undefined);
  for (const { text } of refused) expect(text()).toMatch(/^HTTP\/1\.1 503 [^]*^Retry-After: \d+\r$/m);
  const create = (version: string, description: string) =>
    fetch(`${server.url}${RELEASES}`, {
      method: "POST",
      headers: { ...bearer(), "Content-Type": "application/json" },
      body: JSON.stringify({ version, projects: ["web"], description }),
    });
  // Small requests do not count towards the budget.
  expect((await create("small", "")).status).toBe(201);
  expect((await create("large", "x".repeat(200_000))).status).toBe(503);
  for (const { socket } of stalled) socket.destroy();
  await waitFor(() => server.log().filter(({ status, path: target }) => status === 499 && target === RELEASES).length >= 2);
  expect((await create("large", "x".repeat(200_000))).status).toBe(201);
  expect(server.log().filter(({ msg }) => msg === "bug")).toEqual([]);
});

test("rejects a form with 50,000 fields", async () => {
  const body = Array.from({ length: 50_000 }, (_, number) => `f${number}`).join("&");
  const response = await fetch(`${server.url}${RELEASES}`, {
    method: "POST",
    headers: { ...bearer(), "Content-Type": "application/x-www-form-urlencoded" },
    body,
  });
  expect([response.status, await response.json()]).toEqual([400, { detail: "Form parse error - it has more than 1000 fields" }]);
});

/** Returns a port that is free at the moment. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

test("responds to every request on a connection that the starting server accepts", { timeout: 60_000 }, async () => {
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
          socket.once("close", () => reject(new Error("closed without a response")));
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
