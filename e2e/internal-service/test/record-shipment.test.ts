import { type CommitProgress, createClient, isLandfallError, walkPages } from "@landfall/client";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { recordShipment } from "../src/record-shipment.ts";
import { largeHistory } from "./large-history.ts";
import { type OpenServer, openServer } from "./open-server.ts";

let server: OpenServer;
const organization = "acme";
const shipment = { organization, project: "web", environment: "production" };

beforeAll(async () => {
  server = await openServer();
});

afterAll(() => server[Symbol.asyncDispose]());

beforeEach(() => {
  server.interrupt = () => null;
});

const shasOf = (version: string): Promise<string[]> =>
  Array.fromAsync(
    walkPages((cursor) => server.client.commits.ofRelease.query({ organization, version, per_page: 100, ...(cursor ? { cursor } : {}) })),
    (commit) => commit.id,
  );

describe("an internal service", () => {
  test("records a release with 10,000 commits and a deploy, with progress, and reads it", async () => {
    const commits = largeHistory(10_000);
    const seen: CommitProgress[] = [];
    const { release, deploy } = await recordShipment(
      server.client,
      { ...shipment, version: "monorepo@5.0.0", commits },
      { onProgress: (progress) => seen.push(progress) },
    );

    expect(seen.map(({ total }) => total)).toEqual(seen.map(() => 10_000));
    const stored = seen.map((progress) => progress.stored);
    expect(stored.length).toBeGreaterThan(5);
    expect(stored).toEqual(stored.toSorted((a, b) => a - b));
    expect(new Set(stored).size).toBe(stored.length);
    expect([stored[0], stored.at(-1)]).toEqual([0, 10_000]);

    expect(release).toMatchObject({
      version: "monorepo@5.0.0",
      commitCount: 10_000,
      deployCount: 1,
      lastCommit: { id: commits[0]?.id, repository: { name: "acme/monorepo" } },
      lastDeploy: { id: deploy.id, environment: "production" },
      projects: [{ slug: "web" }],
    });
    expect(release.authors).toHaveLength(50);
    expect(await shasOf("monorepo@5.0.0")).toEqual(commits.map(({ id }) => id));
  });

  test("changes only the deploys the second time", async () => {
    const again = { ...shipment, version: "again@1.0.0", commits: largeHistory(1_500) };
    const first = await recordShipment(server.client, again);
    const second = await recordShipment(server.client, again);
    expect(second.release).toEqual({ ...first.release, deployCount: 2, lastDeploy: second.deploy });
  });

  test("keeps the old list and records no deploy if aborted halfway", async () => {
    const version = "aborted@1.0.0";
    const old = largeHistory(20);
    await recordShipment(server.client, { ...shipment, version, commits: old });
    const controller = new AbortController();
    const call = recordShipment(
      server.client,
      { ...shipment, version, commits: largeHistory(5_000) },
      { signal: controller.signal, onProgress: ({ stored }) => (stored >= 2_000 ? controller.abort() : undefined) },
    );
    await expect(call).rejects.toMatchObject({ code: "aborted" });
    expect(await shasOf(version)).toEqual(old.map(({ id }) => id));
    expect(await server.client.releases.get.query({ organization, version })).toMatchObject({ commitCount: 20, deployCount: 1 });
  });

  test("sends calls of one tick in one request", async () => {
    const versions = ["b@1", "b@2", "b@3", "b@4", "b@5"];
    const before = server.requests.length;
    await Promise.all(versions.map((version) => server.client.releases.create.mutate({ organization, version, projects: ["web"] })));
    expect(server.requests).toHaveLength(before + 1);
    const [release, commits, deploys] = await Promise.all([
      server.client.releases.get.query({ organization, version: "b@1" }),
      server.client.commits.ofRelease.query({ organization, version: "b@1" }),
      server.client.deploys.list.query({ organization, version: "b@1" }),
    ]);
    expect(server.requests).toHaveLength(before + 2);
    expect([release.version, commits.items, deploys.items]).toEqual(["b@1", [], []]);
  });

  test("gets the invalid fields", async () => {
    const refused: unknown = await server.client.releases.create
      .mutate({ organization, version: "x/y", projects: ["web"], url: "no address" })
      .catch((error: unknown) => error);
    if (!isLandfallError(refused)) throw new Error("expected a LandfallError");
    expect(refused).toMatchObject({ code: "invalid", status: 400 });
    expect(refused.issues.map(({ path }) => path.join("."))).toEqual(["version", "url"]);
  });

  test.each([
    ["an unknown release", "not_found", () => server.client.releases.get.query({ organization, version: "none" })],
    [
      "a token that is none",
      "unauthenticated",
      () => createClient({ url: server.url, token: "sntryu_no" }).releases.list.query({ organization }),
    ],
    ["a token that may not", "forbidden", () => server.client.releases.delete.mutate({ organization, version: "b@1" })],
    [
      "a server that is away",
      "network",
      () => createClient({ url: server.downUrl, retry: { retries: 0 } }).releases.list.query({ organization }),
    ],
  ])("learns of %s by its code (%s)", async (_, code, call) => {
    await expect(call()).rejects.toMatchObject({ code });
  });

  test("retries reads if the server is overloaded, but not writes", async () => {
    const busy = () => {
      let left = 1;
      server.interrupt = () => (left-- > 0 ? new Response("busy", { status: 503 }) : null);
    };
    busy();
    const before = server.requests.length;
    await server.client.releases.list.query({ organization });
    expect(server.requests).toHaveLength(before + 2);
    busy();
    const call = server.client.releases.create.mutate({ organization, version: "busy@1", projects: ["web"] });
    await expect(call).rejects.toMatchObject({ code: "unavailable", status: 503 });
    expect(server.requests).toHaveLength(before + 3);
  });
});
