import path from "node:path";
import { createDiskShim } from "@landfall/testing/disk/disk-shim";
import { expect, test, vi } from "vitest";
import { keepAliveClient } from "./keep-alive-client.ts";
import { provisioned } from "./provisioned.ts";
import { runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const RELEASES = "/api/0/organizations/acme/releases/";

test(
  "after a failed sync writes are refused with 503 until the server is restarted, and reads are served",
  { timeout: 240_000 },
  async ({ skip }) => {
    using scratch = scratchDir();
    const dataDir = path.join(scratch.path, "data");
    const created = createDiskShim({ file: path.join(dataDir, "landfall.db") });
    if (typeof created === "string") return skip(created);
    using shim = created;
    const token = await provisioned(dataDir);
    const server = await runningServer(dataDir, { ...shim.env });
    const client = keepAliveClient(server.url, token);
    const create = async (version: string) => (await client.send("POST", RELEASES, { version, projects: ["web"] })).status;
    const read = async (target: string) => (await client.send("GET", target)).status;

    expect([await create("before"), await read("/readyz")]).toEqual([201, 200]);
    shim.set("fail");
    expect(await create("failing")).toBe(503);
    shim.clear("fail");
    expect(await create("late")).toBe(503);
    expect([await read(`${RELEASES}before/`), await read("/healthz")]).toEqual([200, 200]);
    // The result of a probe is cached for a second.
    await vi.waitFor(async () => expect(await read("/readyz")).toBe(503), { timeout: 30_000 });
    client.close();
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    expect(server.log()).toContainEqual(expect.objectContaining({ level: 50, during: "syncing the database" }));

    await using restarted = await runningServer(dataDir);
    const restartedClient = keepAliveClient(restarted.url, token);
    expect((await restartedClient.send("GET", `${RELEASES}before/`)).status).toBe(200);
    expect((await restartedClient.send("GET", `${RELEASES}late/`)).status).toBe(404);
    expect((await restartedClient.send("POST", RELEASES, { version: "late", projects: ["web"] })).status).toBe(201);
    restartedClient.close();
  },
);
