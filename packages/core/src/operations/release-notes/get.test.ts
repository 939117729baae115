import { NotesView } from "@landfall/schema/releases/release-notes";
import { type Callers, callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { createRelease } from "../releases/create.ts";
import { getNotes } from "./get.ts";

const at = { organization: "acme", version: "web@1.0" };

describe.each(["sqlite", "pglite"] as const)("getNotes over %s", (kind) => {
  let bench: TestApp;
  let as: Callers;
  let ci: Context;
  beforeEach(async () => {
    bench = await createTestApp(kind);
    as = callers(bench.app, bench.given);
    await bench.given.organization("acme", { openMembership: false, teams: ["near", "far"], projects: { web: "near" } });
    await bench.given.user("ada@acme.test", { name: "Ada", organization: "acme", teams: ["near"] });
    ci = await as.ci("acme");
  });
  afterEach(() => bench.close());

  const release = (commits: Parameters<typeof createRelease>[1]["commits"]) =>
    createRelease(ci, { ...at, projects: ["web"], ...(commits ? { commits } : {}) });

  it("drafts notes from the commits, newest first, with their authors", async () => {
    await release([
      {
        id: "b".repeat(40),
        repository: "acme/web",
        message: "feat(ui): add wings (#12)",
        author_email: "ada@acme.test",
        author_name: "A.",
      },
      { id: "a".repeat(40), repository: "acme/web", message: "Merge branch 'main'" },
      {
        id: "c".repeat(40),
        repository: "acme/web",
        message: "Bump x from 1 to 2",
        author_email: "1+dependabot[bot]@users.noreply.github.com",
        author_name: "dependabot[bot]",
      },
      { id: "d".repeat(40), repository: "acme/web" },
    ]);
    const notes = await getNotes(ci, at);
    expect(NotesView.parse(notes)).toEqual(notes);
    expect(notes).toMatchObject({ version: "web@1.0", isDraft: true, dateSaved: null, savedBy: null });
    expect(notes.markdown).toBe(notes.draft.markdown);
    expect(notes.markdown).toContain("## Features\n\n- **ui:** add wings (#12) (`bbbbbbb`)\n");
    expect(notes.draft).toMatchObject({ commits: { read: 4, total: 4 }, leftOut: 1 });
    expect(notes.draft.sections).toEqual([
      {
        title: "Features",
        entries: [
          {
            sha: "b".repeat(40),
            scope: "ui",
            text: "add wings",
            references: ["#12"],
            author: { name: "Ada", email: "ada@acme.test", userId: expect.stringMatching(/^\d+$/), isBot: false },
          },
        ],
        more: 0,
      },
      { title: "Other changes", entries: [expect.objectContaining({ text: "(no message)", author: null })], more: 0 },
      { title: "Dependencies", entries: [expect.objectContaining({ author: expect.objectContaining({ isBot: true }) })], more: 0 },
    ]);
  });

  it("links to repositories with a known URL", async () => {
    await release([{ id: "b".repeat(40), repository: "acme/web", message: "fix: x (#1)" }]);
    const { repositories } = bench.app.store.read.tables;
    await bench.app.store.transaction((tx) =>
      tx.update(repositories).set({ url: "https://github.com/acme/web" }).where(eq(repositories.name, "acme/web")),
    );
    expect((await getNotes(ci, at)).markdown).toContain(
      "([#1](https://github.com/acme/web/issues/1)) ([bbbbbbb](https://github.com/acme/web/commit/b",
    );
  });

  it("returns an empty draft for a release without commits", async () => {
    await release(undefined);
    expect(await getNotes(ci, at)).toMatchObject({
      markdown: "",
      isDraft: true,
      draft: { sections: [], commits: { read: 0, total: 0 }, leftOut: 0 },
    });
  });

  it("runs as many queries for a hundred commits as for one", async () => {
    const { store, taken } = countedStore(bench.app.store);
    const commits = Array.from({ length: 100 }, (_, index) => ({
      id: `sha${index}`,
      message: `fix: ${index}`,
      author_email: `p${index}@acme.test`,
    }));
    await release(commits.slice(0, 1));
    await getNotes({ ...ci, store }, at);
    const once = taken();
    await createRelease(ci, { ...at, version: "web@2.0", projects: ["web"], commits });
    expect((await getNotes({ ...ci, store }, { ...at, version: "web@2.0" })).draft.sections).toMatchObject([{ entries: { length: 100 } }]);
    expect(taken()).toBe(once);
    expect(once).toBeLessThanOrEqual(7);
  });

  it("requires reach of a project of the release", async () => {
    await release(undefined);
    await bench.given.user("eve@acme.test", { organization: "acme", teams: ["far"] });
    await expect(getNotes(await as.person("eve@acme.test"), at)).rejects.toMatchObject({ code: "not_found" });
    await expect(getNotes(ci, { ...at, version: "web@9" })).rejects.toMatchObject({ code: "not_found" });
    expect(await getNotes(await as.person("ada@acme.test", ["project:read"]), at)).toMatchObject({ isDraft: true });
  });
});

it("reads the newest 5000 commits, and the beginning of long messages", { timeout: 60_000 }, async () => {
  const bench = await createTestApp();
  const { id: organizationId } = await bench.given.organization("acme", { teams: ["near"], projects: { web: "near" } });
  const ci = await callers(bench.app, bench.given).ci("acme");
  await createRelease(ci, { ...at, projects: ["web"] });
  await bench.app.store.transaction(async (tx) => {
    const { commits, repositories, releaseCommits, releases } = tx.tables;
    const dateCreated = bench.clock.now();
    const [repository] = await tx.insert(repositories).values({ organizationId, name: "acme/web", dateCreated }).returning();
    const [release] = await tx.update(releases).set({ commitCount: 5001 }).returning();
    for (let inserted = 0; inserted < 5001; inserted += 1000) {
      const rows = Array.from({ length: Math.min(1000, 5001 - inserted) }, (_, index) => ({
        organizationId,
        repositoryId: repository?.id ?? 0,
        sha: `sha${inserted + index}`,
        message: `fix: ${inserted + index}\n\n${inserted + index === 0 ? `${"x".repeat(5000)}\n` : ""}BREAKING CHANGE: y`,
        dateCreated,
      }));
      const stored = await tx.insert(commits).values(rows).returning({ id: commits.id });
      await tx
        .insert(releaseCommits)
        .values(stored.map(({ id }, index) => ({ releaseId: release?.id ?? 0, commitId: id, position: inserted + index })));
    }
  });
  const { draft } = await getNotes(ci, at);
  expect(draft.commits).toEqual({ read: 5000, total: 5001 });
  expect(draft.sections.map(({ title, entries, more }) => [title, entries.length, more, entries[0]?.text])).toEqual([
    ["Breaking changes", 200, 4799, "1 — y"],
    ["Fixes", 1, 0, "0"],
  ]);
  await bench.close();
});
