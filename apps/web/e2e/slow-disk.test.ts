import path from "node:path";
import { createApp } from "@landfall/core/create-app";
import { openSqlite } from "@landfall/db/sqlite/open";
import { createDiskShim, type DiskShim } from "@landfall/testing/disk/disk-shim";
import { signIn } from "@landfall/testing/network/sign-in";
import { expect, test } from "vitest";
import { keepAliveClient } from "../test/keep-alive-client.ts";
import { provisioned } from "../test/provisioned.ts";
import { runningServer } from "../test/running-server.ts";
import { scratchDir } from "../test/scratch-dir.ts";
import { waitFor } from "../test/wait-for.ts";

const RELEASES = "/api/0/organizations/acme/releases/";

/** A server with pages on a disk that a test can make slow. */
async function serverOn(shim: DiskShim, dataDir: string) {
  const token = await provisioned(dataDir);
  const cookie = await signedIn(dataDir);
  const server = await runningServer(dataDir, { LANDFALL_PAGES: "on", ...shim.env });
  const writing = keepAliveClient(server.url, token);
  const reading = keepAliveClient(server.url, token);
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
  return {
    readAll,
    write,
    async [Symbol.asyncDispose]() {
      writing.close();
      reading.close();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** The cookie of a browser in which the owner has signed in. */
async function signedIn(dataDir: string): Promise<string> {
  const store = await openSqlite({ path: path.join(dataDir, "landfall.db") });
  const { members } = store.read.tables;
  const [owner] = await store.read.select({ userId: members.userId }).from(members).limit(1);
  if (!owner) throw new Error("the organization has no owner");
  const { cookie } = await signIn(createApp({ store, origin: "http://127.0.0.1" }), owner.userId);
  await store.close();
  return cookie;
}

const ALL_WELL = [200, 200, 200, 200, 200];

test("while the disk syncs a write, reads, health and pages are served", { timeout: 240_000 }, async ({ skip }) => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const created = createDiskShim({ file: path.join(dataDir, "landfall.db") });
  if (typeof created === "string") return skip(created);
  using shim = created;
  await using server = await serverOn(shim, dataDir);
  expect(await server.readAll()).toEqual(ALL_WELL);
  const before = shim.syncs().length;
  shim.set("hold");
  const written = server.write();
  await waitFor(() => shim.syncs().length > before);
  for (let round = 0; round < 3; round += 1) expect(await server.readAll()).toEqual(ALL_WELL);
  expect(written.isPending).toBe(true);
  shim.clear("hold");
  expect(await written.status).toBe(201);
});

test("on a disk that needs 300 ms for each sync, no sync is on the event loop", { timeout: 240_000 }, async ({ skip }) => {
  using scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  const created = createDiskShim({ file: path.join(dataDir, "landfall.db") });
  if (typeof created === "string") return skip(created);
  using shim = created;
  await using server = await serverOn(shim, dataDir);
  expect(await server.readAll()).toEqual(ALL_WELL);
  const before = shim.syncs().length;
  shim.set("delay", "300");
  // Until one of the writes has let a whole round of reads through: on a busy machine that may take longer than a sync.
  for (let isServed = false, writes = 0; !isServed && writes < 50; writes += 1) {
    const synced = shim.syncs().length;
    const written = server.write();
    await waitFor(() => shim.syncs().length > synced);
    expect(await server.readAll()).toEqual(ALL_WELL);
    isServed = written.isPending;
    expect(await written.status).toBe(201);
    if (writes === 49) expect(isServed).toBe(true);
  }
  const syncs = shim.syncs().slice(before);
  expect(syncs.length).toBeGreaterThan(0);
  expect(syncs.filter(({ thread }) => thread === "main")).toEqual([]);
});
