import path from "node:path";
import { createApp } from "@landfall/core/create-app";
import { openSqlite } from "@landfall/db/sqlite/open";
import { createDiskShim } from "@landfall/testing/disk/disk-shim";
import { signIn } from "@landfall/testing/network/sign-in";
import { expect, onTestFinished, test } from "vitest";
import { keepAliveClient } from "../test/keep-alive-client.ts";
import { provisioned } from "../test/provisioned.ts";
import { runningServer } from "../test/running-server.ts";
import { scratchDir } from "../test/scratch-dir.ts";
import { waitFor } from "../test/wait-for.ts";

const RELEASES = "/api/0/organizations/acme/releases/";

/** Starts a server with pages on a disk that the test can make slow, until the test ends. Skips the test where that is not possible. */
async function slowServer(skip: (reason: string) => never) {
  const scratch = scratchDir();
  onTestFinished(() => scratch[Symbol.dispose]());
  const dataDir = path.join(scratch.path, "data");
  const shim = createDiskShim({ file: path.join(dataDir, "landfall.db") });
  if (typeof shim === "string") return skip(shim);
  onTestFinished(() => shim[Symbol.dispose]());
  const token = await provisioned(dataDir);
  const cookie = await signedIn(dataDir);
  const server = await runningServer(dataDir, { LANDFALL_PAGES: "on", ...shim.env });
  onTestFinished(() => server[Symbol.asyncDispose]());
  const [writing, reading] = [keepAliveClient(server.url, token), keepAliveClient(server.url, token)];
  for (const client of [writing, reading]) onTestFinished(() => client.close());
  const page = async (target: string) => (await fetch(`${server.url}${target}`, { headers: { cookie }, redirect: "manual" })).status;
  const readAll = async () => [
    (await reading.send("GET", "/healthz")).status,
    (await reading.send("GET", RELEASES)).status,
    (await reading.send("GET", "/api/trpc/releases.list?input=%7B%22organization%22%3A%22acme%22%7D")).status,
    await page("/organizations/acme/releases"),
    await page("/organizations/acme/deploys"),
  ];
  let created = 0;
  /** Creates a release. `isPending` until its response has arrived. */
  const write = () => {
    const state = { isPending: true, status: Promise.resolve(0) };
    created += 1;
    state.status = writing.send("POST", RELEASES, { version: `slow-${created}`, projects: ["web"] }).then(({ status }) => {
      state.isPending = false;
      return status;
    });
    return state;
  };
  return { shim, readAll, write };
}

/** Returns the cookie of a session of the owner. */
async function signedIn(dataDir: string): Promise<string> {
  const store = await openSqlite({ path: path.join(dataDir, "landfall.db") });
  const { members } = store.read.tables;
  const [owner] = await store.read.select({ userId: members.userId }).from(members).limit(1);
  if (!owner) throw new Error("the organization has no owner");
  const { cookie } = await signIn(createApp({ store, origin: "http://127.0.0.1" }), owner.userId);
  await store.close();
  return cookie;
}

const ALL_OK = [200, 200, 200, 200, 200];

test("serves reads, health checks and pages while the disk syncs a write", { timeout: 240_000 }, async ({ skip }) => {
  const { shim, ...server } = await slowServer(skip);
  expect(await server.readAll()).toEqual(ALL_OK);
  const before = shim.syncs().length;
  shim.set("hold");
  const written = server.write();
  await waitFor(() => shim.syncs().length > before);
  for (let round = 0; round < 3; round += 1) expect(await server.readAll()).toEqual(ALL_OK);
  expect(written.isPending).toBe(true);
  shim.clear("hold");
  expect(await written.status).toBe(201);
});

test("runs no sync on the event loop on a disk that needs 300 ms for each", { timeout: 240_000 }, async ({ skip }) => {
  const { shim, ...server } = await slowServer(skip);
  expect(await server.readAll()).toEqual(ALL_OK);
  const before = shim.syncs().length;
  shim.set("delay", "300");
  // Until a round of reads is served during one write. On a busy machine, a round may take longer than a sync.
  for (let isServed = false, writes = 0; !isServed && writes < 50; writes += 1) {
    const synced = shim.syncs().length;
    const written = server.write();
    await waitFor(() => shim.syncs().length > synced);
    expect(await server.readAll()).toEqual(ALL_OK);
    isServed = written.isPending;
    expect(await written.status).toBe(201);
    if (writes === 49) expect(isServed).toBe(true);
  }
  const syncs = shim.syncs().slice(before);
  expect(syncs.length).toBeGreaterThan(0);
  expect(syncs.filter(({ thread }) => thread === "main")).toEqual([]);
});
