import { CommitView } from "@landfall/schema/releases/commits";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { listRepositoryCommits } from "./list-commits.ts";
import { listRepositories } from "./list.ts";

let bench: TestApp;
let as: Callers;
let mem: Context;
const acme = { organization: "acme" };

beforeEach(async () => {
  bench = await createTestApp();
  as = callers(bench.app, bench.given);
  await bench.given.organization("acme");
  await bench.given.project("acme", "web");
  await bench.given.user("mem@acme.test", acme);
  mem = await as.person("mem@acme.test");
});

afterEach(() => bench.close());

const sha = (index: number) => index.toString(16).padStart(40, "0");

/** Reports commits at these seconds and returns the id of their repository. */
async function commitsAt(seconds: readonly number[], repository = "acme/web"): Promise<string> {
  const commits = seconds.map((second, index) => ({ id: sha(index), repository, timestamp: new Date(second * 1000).toISOString() }));
  await createRelease(mem, { ...acme, version: repository.replace("/", "-"), projects: ["web"], commits });
  const { items } = await listRepositories(mem, { ...acme, query: repository });
  return items[0]?.id ?? "";
}

describe("listRepositoryCommits (10.10)", () => {
  it("lists the commits of the repository, newest first, in the same form as other lists", async () => {
    await createRelease(mem, {
      ...acme,
      version: "1",
      projects: ["web"],
      commits: [
        {
          id: sha(1),
          repository: "acme/web",
          timestamp: "2026-01-01T00:00:00Z",
          message: "old",
          author_name: "Mem",
          author_email: "MEM@acme.test",
        },
        { id: sha(2), repository: "acme/web", timestamp: "2026-01-02T00:00:00Z", message: "new" },
        { id: sha(3), repository: "acme/api", timestamp: "2026-01-03T00:00:00Z" },
      ],
    });
    const { items: repositories } = await listRepositories(mem, { ...acme, query: "web" });
    const { items } = await listRepositoryCommits(mem, { ...acme, repository: repositories[0]?.id ?? "" });
    expect(items).toMatchObject([
      { id: sha(2), message: "new", author: {}, repository: { name: "acme/web" }, releases: [{ version: "1" }] },
      { id: sha(1), message: "old", author: { username: "mem@acme.test" } },
    ]);
    for (const item of items) expect(CommitView.safeParse(item).success).toBe(true);
  });

  it("pages through every commit exactly once, forward and back", async () => {
    const seconds = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 12 });
    let runs = 0;
    await fc.assert(
      fc.asyncProperty(seconds, fc.integer({ min: 1, max: 5 }), async (times, size) => {
        const repository = await commitsAt(times, `acme/run-${(runs += 1)}-end`);
        const read = (cursor?: string) => listRepositoryCommits(mem, { ...acme, repository, per_page: size, cursor });
        let page = await read();
        const seen = [...page.items];
        while (page.next?.hasResults) seen.push(...(page = await read(page.next.cursor)).items);
        expect(seen.map(({ dateCreated }) => Date.parse(dateCreated) / 1000)).toEqual(times.toSorted((left, right) => right - left));
        expect(new Set(seen.map(({ id }) => id)).size).toBe(times.length);
        const back = [...page.items];
        while (page.previous?.hasResults) back.unshift(...(page = await read(page.previous.cursor)).items);
        expect(back).toEqual(seen);
      }),
      { numRuns: 25 },
    );
  });

  it("returns links of the first page in the form of the contract (15.6)", async () => {
    const page = await listRepositoryCommits(mem, { ...acme, repository: await commitsAt([1, 2]), per_page: 1 });
    expect(page.previous).toEqual({ cursor: "0:0:1", hasResults: false });
    expect(page.next).toEqual({ cursor: expect.stringMatching(/^2000:\d+:0$/), hasResults: true });
  });

  it.each(["999999999999999999999999:1:0", "-99999999999999999:1:0", "1:99999999999999999999:1", "-1:-1:1"])(
    "takes the far cursor %s",
    async (cursor) => {
      const { items } = await listRepositoryCommits(mem, { ...acme, repository: await commitsAt([1]), cursor });
      expect(items.length).toBeLessThanOrEqual(1);
    },
  );

  it("lists the commits of a hidden repository too", async () => {
    const repository = await commitsAt([1, 2]);
    await bench.app.store.transaction(async (tx) => {
      await tx.update(tx.tables.repositories).set({ status: "disabled" });
    });
    expect((await listRepositoryCommits(mem, { ...acme, repository })).items).toMatchObject([{ repository: { status: "disabled" } }, {}]);
  });

  it("is forbidden for CI tokens, and returns 404 for a repository of another organization", async () => {
    const repository = await commitsAt([1]);
    await expect(listRepositoryCommits(await as.ci("acme"), { ...acme, repository })).rejects.toThrow(
      expect.objectContaining({ code: "forbidden" }),
    );
    await bench.given.organization("other");
    await bench.given.user("olga@other.test", { organization: "other" });
    const olga = await as.person("olga@other.test");
    await expect(listRepositoryCommits(olga, { organization: "other", repository })).rejects.toThrow(
      expect.objectContaining({ code: "not_found" }),
    );
  });
});
