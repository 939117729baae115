import { callers } from "@landfall/testing/access/callers";
import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { type Stored, stored } from "@landfall/testing/rows/stored-rows";
import { asc } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Context } from "../../kernel/context.ts";
import { headCommitsOf } from "./apply-commits.ts";
import { createRelease } from "./create.ts";
import { deleteRelease } from "./delete.ts";
import { updateRelease } from "./update.ts";

const organization = "acme";
const version = "1.0";

describe.each(["sqlite", "pglite"] as const)("applyCommits in %s", (kind) => {
  let bench: TestApp;
  let shown: Stored;
  let ci: Context;
  let organizationId: number;

  beforeEach(async () => {
    bench = await createTestApp(kind);
    shown = stored(bench.app.store);
    ({ id: organizationId } = await bench.given.organization(organization));
    for (const slug of ["pump", "valve"]) await bench.given.project(organization, slug);
    ci = await callers(bench.app, bench.given).ci(organization);
  });
  afterEach(() => bench.close());

  const create = (input: object = {}) => createRelease(ci, { organization, version, projects: ["pump"], ...input });
  const update = (input: object) => updateRelease(ci, { organization, version, ...input });
  const commit = { id: "a", repository: "app" };
  const known = { repository: "app", commit: "b" };
  const unknown = { repository: "nope", commit: "b" };

  /** The audit log as `action details`, oldest first. */
  async function audit(): Promise<string[]> {
    const { auditLog } = bench.app.store.read.tables;
    const rows = await bench.app.store.read.select().from(auditLog).orderBy(asc(auditLog.id));
    expect(rows.every((row) => row.target === version && row.organizationId === organizationId && row.actor.startsWith("token:"))).toBe(
      true,
    );
    return rows.map(({ action, details }) => `${action} ${JSON.stringify(details)}`);
  }

  describe("records one audit event per change", () => {
    test("on creation with commits and head commits", async () => {
      await create({ commits: [commit, { id: "c" }], refs: [known] });
      expect(await audit()).toEqual([
        'release.create {"projects":["pump"]}',
        'release.set_commits {"commitCount":2}',
        'release.set_refs {"heads":{"app":"b"}}',
      ]);
    });

    test("when the release is reported again", async () => {
      await create();
      await create({ projects: ["pump"] });
      await create({ projects: ["pump", "valve"] });
      await create({ status: "archived" });
      await create({ status: "archived" });
      await create({ status: "open", projects: [] });
      expect((await audit()).slice(1)).toEqual([
        'release.link {"projects":["pump","valve"]}',
        'release.update {"isArchived":true}',
        'release.update {"isArchived":false}',
      ]);
    });

    test("when the release is updated, cleared, and deleted", async () => {
      await create();
      await update({});
      await update({ ref: "main", status: "archived" });
      await update({ commits: [commit] });
      await update({ refs: [] });
      const forDeleting: Context = {
        ...ci,
        actor: { kind: "organization", organizationId, tokenId: 1, scopes: new Set(["project:admin"]) },
      };
      await deleteRelease(forDeleting, { organization, version });
      expect((await audit()).slice(1)).toEqual([
        'release.update {"ref":"main","isArchived":true}',
        'release.set_commits {"commitCount":1}',
        "release.clear_commits null",
        'release.delete {"projects":["pump"],"commitCount":0,"deployCount":0}',
      ]);
    });
  });

  describe("keeps the release if only its refs are invalid (contract 3.2, step 9)", () => {
    test("on creation", async () => {
      const refusal = { code: "invalid", issues: [{ path: ["refs"], message: "Invalid repository names: nope" }] };
      await expect(create({ commits: [commit], refs: [known, unknown], dateReleased: "2026-01-01" })).rejects.toMatchObject(refusal);
      expect(await shown.release(organizationId, version)).toMatchObject({ commitCount: 1 });
      expect(await shown.heads(organizationId, version)).toEqual([{ repository: "app", commit: "a", previous: null }]);
      expect(await shown.activities(organizationId)).toHaveLength(1);
      expect((await audit()).map((row) => row.split(" ")[0])).toEqual(["release.create", "release.set_commits"]);
    });

    test("on update, and records the stored release date once per project", async () => {
      await create();
      await expect(update({ dateReleased: "2026-01-01", refs: [unknown] })).rejects.toMatchObject({ code: "invalid" });
      expect(await shown.activities(organizationId)).toMatchObject([
        { kind: "release", project: "pump", date: "2026-01-01T00:00:00.000Z" },
      ]);
      await create({ commits: [commit] });
      await update({ dateReleased: "2026-01-01", refs: [known] });
      expect(await shown.activities(organizationId)).toHaveLength(1);
    });
  });

  test("empty refs clear the commits on update and do nothing on creation (contract 14.8)", async () => {
    await create({ commits: [commit] });
    expect((await create({ refs: [] })).release.commitCount).toBe(1);
    expect((await update({ refs: [], headCommits: [{ repository: "app", currentId: "b" }] })).commitCount).toBe(1);
    expect((await update({ refs: [] })).commitCount).toBe(0);
    expect(await shown.heads(organizationId, version)).toEqual([]);
  });
});

const ref = { repository: "a", commit: "1", previousCommit: "0" };
const head = { repository: "b", currentId: "2", previousId: "1" };

describe("headCommitsOf (contract 3.1)", () => {
  test.each([
    ["the refs", { refs: [ref] }, [ref]],
    ["the refs and not the older form", { refs: [ref], headCommits: [head] }, [ref]],
    ["the older form, as refs", { headCommits: [head] }, [{ repository: "b", commit: "2", previousCommit: "1" }]],
    ["the older form when refs are empty", { refs: [], headCommits: [head] }, [{ repository: "b", commit: "2", previousCommit: "1" }]],
    [
      "without a previous commit if it is missing",
      { headCommits: [{ repository: "b", currentId: "2" }] },
      [{ repository: "b", commit: "2", previousCommit: null }],
    ],
    [
      "without a previous commit if it is null",
      { headCommits: [{ ...head, previousId: null }] },
      [{ repository: "b", commit: "2", previousCommit: null }],
    ],
    ["none", {}, []],
    ["none for empty lists", { refs: [], headCommits: [] }, []],
  ])("%s", (_, input, heads) => {
    expect(headCommitsOf(input)).toEqual(heads);
  });
});
