import type { CommitInput } from "@landfall/schema/releases/commits";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { listReleaseContributors } from "./list-in-release.ts";

const acme = { organization: "acme" };
const at = (date: number) => new Date(Date.UTC(2026, 0, date)).toISOString();

describe.each(["sqlite", "pglite", "postgres"] as const)("listReleaseContributors in %s", (kind) => {
  let bench: TestApp;
  let ci: Context;
  let releases = 0;

  beforeAll(async () => {
    bench = await createTestApp(kind);
    const as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { teams: ["web"], projects: { web: "web" } });
    await bench.given.user("wim@acme.test", { name: "Wim", ...acme, teams: ["web"] });
    await directRows(bench.app.store).secondEmail("wim@acme.test", "wim@home.test");
    ci = await as.ci("acme");
  });
  afterAll(() => bench.close());

  const release = async (commits: Omit<z.input<typeof CommitInput>, "id">[]) => {
    releases += 1;
    const version = `v${releases}`;
    await createRelease(ci, {
      ...acme,
      version,
      projects: ["web"],
      commits: commits.map((commit, index) => ({ repository: "acme/app", ...commit, id: `${version}-${index}` })),
    });
    return version;
  };
  const by = (author_email: string, date: number, author_name?: string) => ({ author_email, author_name, timestamp: at(date) });
  const summarize = async (version: string) => {
    const { total, items, unnamed } = await listReleaseContributors(ci, { ...acme, version });
    return {
      total,
      unnamed,
      lines: items.map(({ person, commits, lastCommit }) => `${person.email} ${commits} ${lastCommit.slice(8, 10)}`),
    };
  };

  test("sorts by number of commits, then by last commit, and counts commits without author separately", async () => {
    const version = await release([
      by("eva@x.test", 3),
      by("bob@x.test", 9),
      by("eva@x.test", 5),
      by("ann@x.test", 8),
      { timestamp: at(1) },
    ]);
    expect(await summarize(version)).toEqual({ total: 3, unnamed: 1, lines: ["eva@x.test 2 05", "bob@x.test 1 09", "ann@x.test 1 08"] });
  });

  test("counts the addresses of one member, or merged ones, together", async () => {
    const version = await release([by("wim@home.test", 4), by("max@x.test", 2), by("wim@acme.test", 1), by("max@old.test", 7)]);
    await bench.app.store.transaction(async (tx) => {
      const { commitAuthors } = tx.tables;
      const [max] = await tx.select().from(commitAuthors).where(eq(commitAuthors.email, "max@x.test"));
      await tx
        .update(commitAuthors)
        .set({ mergedInto: max?.id ?? 0 })
        .where(eq(commitAuthors.email, "max@old.test"));
    });
    expect(await summarize(version)).toEqual({ total: 2, unnamed: 0, lines: ["max@x.test 2 07", "wim@acme.test 2 04"] });
    const { items } = await listReleaseContributors(ci, { ...acme, version });
    expect(items[1]?.person).toEqual({ name: "Wim", email: "wim@acme.test", userId: expect.stringMatching(/^\d+$/), isBot: false });
  });

  test("marks bots", async () => {
    const version = await release([by("bot@renovateapp.com", 1, "renovate[bot]"), by("eva@x.test", 2, "Eva")]);
    const { items } = await listReleaseContributors(ci, { ...acme, version });
    expect(items.map(({ person }) => [person.name, person.isBot])).toEqual([
      ["Eva", false],
      ["renovate[bot]", true],
    ]);
  });

  test("returns nothing for a release without commits", async () => {
    expect(await summarize(await release([]))).toEqual({ total: 0, unnamed: 0, lines: [] });
  });

  test("returns at most 500 with the total number, with as many queries as for one", async () => {
    const [few, many] = [await release([by("one@x.test", 1)]), await release(Array.from({ length: 520 }, (_, n) => by(`a${n}@x.test`, 1)))];
    const { store, taken } = countedStore(bench.app.store);
    const counted = { ...ci, store };
    await listReleaseContributors(counted, { ...acme, version: few });
    const statements = taken();
    const { total, items } = await listReleaseContributors(counted, { ...acme, version: many });
    expect([total, items.length, taken() <= statements, statements < 9]).toEqual([520, 500, true, true]);
  });
});
