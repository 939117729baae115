import { CommitInput } from "@landfall/schema/releases/commits";
import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { asc, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type * as z from "zod";
import { createRelease } from "../operations/releases/create.ts";
import { updateRelease } from "../operations/releases/update.ts";
import { setCommits } from "../operations/releases/apply-commits.ts";

type Sent = z.input<typeof CommitInput>;

/** Too many commits for a few transactions, with all values for which the order of the commits matters. */
function longList(): Sent[] {
  const commits = Array.from({ length: 3000 }, (_, n): Sent => ({
    id: `c${n}`,
    repository: n % 3 === 0 ? "acme/api" : "acme/app",
    message: n % 7 === 0 ? `Fixes APP-${n}` : `Change ${n}`,
    author_name: `Ada ${n}`,
    author_email: n % 2 === 0 ? `ada${n % 50}@acme.test` : null,
    timestamp: new Date(1_700_000_000_000 + (n % 900) * 1000).toISOString(),
    patch_set: [{ path: `src/${n}.ts`, type: "M" }],
  }));
  const many = Array.from({ length: 14_000 }, (_, n) => ({ path: `all/${n}.ts`, type: "A" as const }));
  return [
    ...commits,
    // Sent again: the last value of each field is stored.
    { id: "c5", repository: "acme/app", message: "Changed again", timestamp: "2023-01-01T00:00:00Z" },
    { id: "c2999", repository: "acme/app", author_name: "Eve", author_email: "eve@acme.test" },
    { id: "all", repository: "acme/app", patch_set: many },
    { id: "skipped", repository: "acme/app", message: "Nothing #skipsentry" },
    { id: "long", message: "x".repeat(2_000_000) },
  ];
}

describe.each(["sqlite", "pglite"] as const)("saveCommitsInBatches in %s", (kind) => {
  let bench: TestApp;
  beforeAll(async () => {
    bench = await createTestApp(kind);
    for (const slug of ["acme", "globex"]) {
      await bench.given.organization(slug);
      await bench.given.project(slug, "web");
    }
  });
  afterAll(() => bench.close());

  async function stored(slug: string) {
    const { organizations, releases, releaseCommits, commits, repositories, commitAuthors, commitFiles } = bench.app.store.read.tables;
    const { read } = bench.app.store;
    const [release] = await read
      .select()
      .from(releases)
      .innerJoin(organizations, eq(organizations.id, releases.organizationId))
      .where(eq(organizations.slug, slug));
    const linked = await read
      .select({ position: releaseCommits.position, commit: commits, repository: repositories.name, email: commitAuthors.email })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
      .leftJoin(commitAuthors, eq(commitAuthors.id, commits.authorId))
      .where(eq(releaseCommits.releaseId, release?.releases.id ?? 0))
      .orderBy(asc(releaseCommits.position));
    const files = await read
      .select({ sha: commits.sha, path: commitFiles.path, type: commitFiles.type })
      .from(commitFiles)
      .innerJoin(commits, eq(commits.id, commitFiles.commitId))
      .innerJoin(organizations, eq(organizations.id, commits.organizationId))
      .where(eq(organizations.slug, slug))
      .orderBy(asc(commits.sha), asc(commitFiles.path));
    const authors = await read
      .select({ email: commitAuthors.email, name: commitAuthors.name })
      .from(commitAuthors)
      .innerJoin(organizations, eq(organizations.id, commitAuthors.organizationId))
      .where(eq(organizations.slug, slug))
      .orderBy(asc(commitAuthors.email));
    return {
      count: release?.releases.commitCount,
      authorCount: release?.releases.authorIds.length,
      last: linked.find(({ commit }) => commit.id === release?.releases.lastCommitId)?.commit.sha,
      linked: linked.map(({ position, repository, email, commit: { sha, message, fixes, dateCreated } }) => ({
        position,
        repository: repository.replace(/^organization-\d+$/, "own"),
        email,
        sha,
        message,
        fixes,
        dateCreated,
      })),
      files,
      authors,
    };
  }

  test("stores a long list in parts, with the same result as in one transaction, and links it at once", async () => {
    const list = longList();
    const [acme, globex] = [await callers(bench.app, bench.given).ci("acme"), await callers(bench.app, bench.given).ci("globex")];
    for (const context of [acme, globex]) {
      const organization = context === acme ? "acme" : "globex";
      await createRelease(context, { organization, version: "1.0", projects: ["web"], commits: [{ id: "before" }] });
    }
    const seen: unknown[] = [];
    const { store } = bench.app;
    const watched = {
      ...store,
      async transaction<T>(work: Parameters<typeof store.transaction<T>>[0]): Promise<T> {
        const value = await store.transaction(work);
        const { releases } = store.read.tables;
        seen.push(
          ...(await store.read
            .select({ count: releases.commitCount, authors: releases.authorIds })
            .from(releases)
            .orderBy(asc(releases.id))
            .limit(1)),
        );
        return value;
      },
    };
    const context = { ...acme, store: watched };
    await updateRelease(context, { organization: "acme", version: "1.0", commits: list });
    expect(seen.length).toBeGreaterThan(5);
    expect(new Set(seen.slice(0, -1).map((row) => JSON.stringify(row)))).toEqual(new Set([JSON.stringify({ count: 1, authors: [] })]));

    await store.transaction(async (tx) => {
      const { releases, organizations } = tx.tables;
      const [row] = await tx
        .select()
        .from(releases)
        .innerJoin(organizations, eq(organizations.id, releases.organizationId))
        .where(eq(organizations.slug, "globex"));
      if (row)
        await setCommits(
          tx,
          { organizationId: row.organizations.id, reach: { all: true }, added: new Set() },
          row.releases,
          list.map((commit) => CommitInput.parse(commit)),
          bench.clock.now(),
        );
    });
    const [inParts, atOnce] = [await stored("acme"), await stored("globex")];
    expect(inParts.count).toBe(3004);
    expect(inParts).toEqual(atOnce);
    expect(inParts.linked.find(({ sha }) => sha === "long")?.message?.length).toBe(65_536);
  });

  test("stores nothing of a request that is invalid for another reason", async () => {
    const ci = await callers(bench.app, bench.given).ci("acme");
    const commits = Array.from({ length: 2000 }, (_, n) => ({ id: `invalid${n}` }));
    const create = { organization: "acme", version: "2.0", projects: ["nowhere"], commits };
    await expect(createRelease(ci, create)).rejects.toMatchObject({ code: "invalid" });
    const { commits: table } = bench.app.store.read.tables;
    expect(await bench.app.store.read.$count(table, eq(table.sha, "invalid0"))).toBe(0);
  });
});
