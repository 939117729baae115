import path from "node:path";
import { canMount, smallDisk } from "@landfall/testing/disk/small-disk";
import { tcpProxy } from "@landfall/testing/network/tcp-proxy";
import { isPostgresAvailable, withScratchPostgres } from "@landfall/testing/stores/open-test-postgres";
import { describe, expect, onTestFinished, test } from "vitest";
import * as z from "zod";
import { provisioned } from "./provisioned.ts";
import { runAdminWith } from "./run-program.ts";
import { type RunningServer, runningServer } from "./running-server.ts";
import { scratchDir } from "./scratch-dir.ts";

const RELEASES = "/api/0/organizations/acme/releases/";
const Refusal = z.object({ detail: z.string() });

const TypedRefusal = z.object({
  error: z.object({ data: z.object({ code: z.string(), retryAfter: z.number(), httpStatus: z.number() }) }),
});

const sending = (server: RunningServer, token: string) => (target: string, body?: unknown) =>
  fetch(server.url + target, {
    ...(body === undefined ? {} : { method: "POST", body: JSON.stringify(body) }),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
  });

const outcomeOf = async (response: Response) => [response.status, Number(response.headers.get("retry-after")) > 0];
const errors = (server: RunningServer) => server.log().filter((line) => Number(line["level"]) >= 40);

/** Creates an organization in a PostgreSQL database behind a proxy, until the test ends. */
async function proxiedPostgres(dataDir: string) {
  const database = await withScratchPostgres();
  onTestFinished(database.close);
  const url = new URL(database.url);
  const proxy = await tcpProxy({ port: Number(url.port || 5432) });
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  url.port = String(proxy.port);
  const env = { LANDFALL_DATABASE_URL: url.href };
  const init = await runAdminWith(env, dataDir, "init", "--org", "acme", "--project", "web", "--email", "olga@acme.test", "--json");
  const { token } = z.object({ token: z.string() }).parse(JSON.parse(init.stdout));
  return { env, proxy, token };
}

describe.runIf(await isPostgresAvailable())("a PostgreSQL that is stopped and started under a running server", () => {
  test("is reported as 503 everywhere, logged once, and used again at once", { timeout: 120_000 }, async () => {
    using scratch = scratchDir();
    const { env, proxy, token } = await proxiedPostgres(scratch.path);
    await using server = await runningServer(scratch.path, env);
    const send = sending(server, token);
    const create = (version: string) => send(RELEASES, { version, projects: ["web"] });
    expect((await create("before")).status).toBe(201);

    await proxy.stop();
    const refused = await create("during");
    expect(await outcomeOf(refused)).toEqual([503, true]);
    expect(Refusal.parse(await refused.json()).detail).toBe("The server cannot reach its database. Try again in a few seconds.");
    const read = await send("/api/trpc/releases.list?input=%7B%22organization%22%3A%22acme%22%7D");
    expect(await outcomeOf(read)).toEqual([503, true]);
    expect(TypedRefusal.parse(await read.json()).error.data).toMatchObject({ code: "SERVICE_UNAVAILABLE", httpStatus: 503 });
    for (const target of ["/", "/sign-in", "/organizations/acme"]) expect(await outcomeOf(await send(target))).toEqual([503, true]);
    expect((await send("/readyz")).status).toBe(503);
    expect((await send("/healthz")).status).toBe(200);
    const admin = await runAdminWith(env, scratch.path, "token", "list", "--org", "acme");
    expect([admin.code, admin.stderr]).toEqual([1, expect.stringMatching(/^PostgreSQL at 127\.0\.0\.1:\d+\/\w+ cannot be used: .*\n$/)]);

    await proxy.start();
    expect((await send("/readyz")).status).toBe(200);
    expect((await create("after")).status).toBe(201);
    expect(await server.stop()).toEqual({ code: 0, signal: null });
    // Background work may have been committing when the connections broke.
    const logged = errors(server).filter(({ failure }) => failure !== "outcome_unknown");
    expect(logged.map(({ failure, msg }) => [failure, msg])).toEqual([["database_unreachable", "the database cannot be reached"]]);
  });

  test("does not keep the server from stopping within ten seconds if it does not respond", { timeout: 120_000 }, async () => {
    using scratch = scratchDir();
    const { env, proxy, token } = await proxiedPostgres(scratch.path);
    await using server = await runningServer(scratch.path, env);
    const send = sending(server, token);
    expect((await send(RELEASES, { version: "before", projects: ["web"] })).status).toBe(201);
    proxy.silenceAll();
    const before = proxy.swallowed();
    const stuck = Promise.allSettled(["a", "b"].map((version) => send(RELEASES, { version, projects: ["web"] })));
    while (proxy.swallowed() === before) await new Promise(setImmediate);
    const begun = performance.now();
    const ended = await server.stop();
    expect(ended.signal).toBeNull();
    // Process managers rely on this limit.
    expect(performance.now() - begun).toBeLessThan(10_000);
    await stuck;
  });
});

describe.runIf(canMount())("a disk that is full under a running server", () => {
  test(
    "is reported as 507 for writes and uploads, while reads work; writes work again once there is space",
    { timeout: 120_000 },
    async () => {
      using disk = smallDisk(16);
      const dataDir = path.join(disk.path, "data");
      const token = await provisioned(dataDir);
      await using server = await runningServer(dataDir);
      const send = sending(server, token);
      // Longer than the write-ahead log has space for.
      const long = { commits: Array.from({ length: 60 }, (_, n) => ({ id: String(n).padStart(40, "a"), message: "x".repeat(20_000) })) };
      const create = (version: string) => send(RELEASES, { version, projects: ["web"], ...long });
      expect((await send(RELEASES, { version: "before", projects: ["web"] })).status).toBe(201);

      disk.fill();
      const refused = await create("during");
      expect(await outcomeOf(refused)).toEqual([507, true]);
      expect(Refusal.parse(await refused.json()).detail).toBe("The server's disk is full. Nothing was saved.");
      const typed = await send("/api/trpc/releases.create", { organization: "acme", version: "during", projects: ["web"], ...long });
      expect(await outcomeOf(typed)).toEqual([507, true]);
      expect(TypedRefusal.parse(await typed.json()).error.data.httpStatus).toBe(507);
      const form = new FormData();
      form.append("file", new File([new Uint8Array(10_000)], "a.js"));
      const upload = await fetch(`${server.url}${RELEASES}before/files/`, {
        method: "POST",
        body: form,
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(await outcomeOf(upload)).toEqual([507, true]);
      expect((await send(RELEASES)).status).toBe(200);
      expect((await send("/healthz")).status).toBe(200);

      disk.free();
      expect((await create("during")).status).toBe(201);
      expect((await send("/readyz")).status).toBe(200);
      expect(await server.stop()).toEqual({ code: 0, signal: null });
      expect(errors(server).map(({ failure, msg }) => [failure, msg])).toEqual([["disk_full", "the disk is full"]]);
    },
  );
});
