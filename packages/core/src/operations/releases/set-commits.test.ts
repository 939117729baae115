import type { Store, Tx } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { CommitInput } from "@landfall/schema/releases/commits";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { type Stored, stored } from "@landfall/testing/rows/stored-rows";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { asc, eq } from "drizzle-orm";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type * as z from "zod";
import { ensureRelease } from "../../records/releases.ts";
import { clearCommits, lockCommits, setCommits, setRefs, unknownRepositories } from "./apply-commits.ts";
import type { CommitWriter } from "../../records/save-commits.ts";

const NOW = new Date("2026-01-01T00:00:00.000Z");
const NOTHING = { ref: null, url: null, ownerId: null, dateReleased: null, isArchived: false, userAgent: null };

describe.each(["sqlite", "pglite"] as const)("the commits of a release in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let shown: Stored;
  let organizationId: number;
  let release: ReleaseRow;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    shown = stored(store);
    ({ id: organizationId } = await fixtures(store).organization("acme"));
    ({ release } = await store.transaction((tx) => ensureRelease(tx, { ...NOTHING, organizationId, version: "1.0" }, NOW)));
  });
  afterEach(() => close());

  const writer = (): CommitWriter => ({ organizationId, reach: { all: true }, added: new Set() });
  const set = (...list: z.input<typeof CommitInput>[]) =>
    store.transaction((tx) =>
      setCommits(
        tx,
        writer(),
        release,
        list.map((commit) => CommitInput.parse(commit)),
        NOW,
      ),
    );
  const refs = (...list: { repository: string; commit: string; previousCommit?: string | null }[]) =>
    store.transaction((tx: Tx) => setRefs(tx, writer(), release, list, NOW));

  /** Returns the linked commits, in order, as `repository:sha`. */
  async function linked(): Promise<string[]> {
    const { releaseCommits, commits, repositories } = store.read.tables;
    const rows = await store.read
      .select({ sha: commits.sha, repository: repositories.name, position: releaseCommits.position })
      .from(releaseCommits)
      .innerJoin(commits, eq(commits.id, releaseCommits.commitId))
      .innerJoin(repositories, eq(repositories.id, commits.repositoryId))
      .where(eq(releaseCommits.releaseId, release.id))
      .orderBy(asc(releaseCommits.position));
    return rows.map(({ repository, sha, position }) => `${position} ${repository}:${sha}`);
  }

  test("are the list in its order, in the organization's own repository unless they name one (contract 14.1, 14.2)", async () => {
    const row = await set({ id: "a" }, { id: "b", repository: "" }, { id: "c", repository: "app" });
    const own = `organization-${organizationId}`;
    expect(await linked()).toEqual([`0 ${own}:a`, `1 ${own}:b`, "2 app:c"]);
    expect(row.commitCount).toBe(3);
    expect(await shown.release(organizationId, "1.0")).toEqual(row);
  });

  test("are replaced completely by the next list (contract 14.1d)", async () => {
    await set({ id: "a" }, { id: "b" });
    const row = await set({ id: "c" });
    expect(await linked()).toEqual([expect.stringMatching(/^0 .*:c$/)]);
    expect(row.commitCount).toBe(1);
    expect(await shown.commits(organizationId, "a")).toHaveLength(1);
  });

  test("are counted as often as they were sent, and linked once (contract 14.1e, 19)", async () => {
    const row = await set({ id: "a", repository: "app" }, { id: "a", repository: "app" }, { id: "b", repository: "app" });
    expect(await linked()).toEqual(["0 app:a", "2 app:b"]);
    expect(row.commitCount).toBe(3);
  });

  test("are none if all of the list are skipped (contract 14.1f)", async () => {
    await set({ id: "a", author_name: "Ada" });
    expect(await set({ id: "b", message: "#skipsentry" })).toMatchObject({ commitCount: 0, lastCommitId: null, authorIds: [] });
    expect(await linked()).toEqual([]);
  });

  test("have their authors listed in order of appearance, each once (contract 14.1e, 14.4)", async () => {
    const row = await set(
      { id: "a", author_email: "Bob@x.y", author_name: "Bob" },
      { id: "b", author_email: "ada@x.y" },
      { id: "c", author_email: "BOB@x.y", author_name: "Robert" },
      { id: "d", author_name: "No Body", author_email: "" },
    );
    const { commitAuthors } = store.read.tables;
    const authors = new Map((await store.read.select().from(commitAuthors)).map((author) => [author.id, author]));
    expect(row.authorIds.map((id) => [authors.get(id)?.email, authors.get(id)?.name])).toEqual([
      ["bob@x.y", "Bob"],
      ["ada@x.y", null],
    ]);
    expect(authors.size).toBe(2);
  });

  test("store their files, of which the first type sent for each path counts (contract 14.5)", async () => {
    await set({
      id: "a",
      patch_set: [
        { path: "x", type: "A" },
        { path: "y", type: "M" },
        { path: "x", type: "D" },
      ],
    });
    await set({
      id: "a",
      patch_set: [
        { path: "y", type: "D" },
        { path: "z", type: "D" },
      ],
    });
    const { commitFiles } = store.read.tables;
    const files = await store.read.select().from(commitFiles).orderBy(asc(commitFiles.path));
    expect(files.map(({ path, type }) => `${type} ${path}`)).toEqual(["A x", "M y", "D z"]);
  });

  test("store the issues that they fix whenever their message changes (contract 14.9)", async () => {
    const fixes = async () => (await shown.commits(organizationId, "a")).map((commit) => commit.fixes);
    await set({ id: "a", message: "Fixes APP-1" });
    expect(await fixes()).toEqual([["APP-1"]]);
    await set({ id: "a" });
    expect(await fixes()).toEqual([["APP-1"]]);
    await set({ id: "a", message: "Fixes APP-2" });
    expect(await fixes()).toEqual([["APP-2"]]);
    await set({ id: "a", message: "none" });
    expect(await fixes()).toEqual([null]);
  });

  test("set the first commit of each repository as head commit unless there is one (contract 14.7)", async () => {
    await set({ id: "a", repository: "app" }, { id: "b", repository: "web" }, { id: "c", repository: "app" });
    const heads = [
      { repository: "app", commit: "a", previous: null },
      { repository: "web", commit: "b", previous: null },
    ];
    expect(await shown.heads(organizationId, "1.0")).toEqual(heads);
    await set({ id: "z", repository: "app" });
    expect(await shown.heads(organizationId, "1.0")).toEqual(heads);
  });

  describe("head commits set by refs (contract 14.6)", () => {
    beforeEach(() => set({ id: "a", repository: "app" }, { id: "b", repository: "web" }));

    test("replace the head commit of their repository only, and the last of several counts", async () => {
      await refs({ repository: "app", commit: "x" }, { repository: "app", commit: "c", previousCommit: "a" });
      expect(await shown.heads(organizationId, "1.0")).toEqual([
        { repository: "app", commit: "c", previous: "a" },
        { repository: "web", commit: "b", previous: null },
      ]);
      expect(await linked()).toEqual(["0 app:a", "1 web:b"]);
    });

    test.each([
      [
        { commit: "c..d", previousCommit: "a" },
        { commit: "d", previous: "c" },
      ],
      [{ commit: "c..d" }, { commit: "d", previous: "c" }],
      [
        { commit: "d", previousCommit: "" },
        { commit: "d", previous: null },
      ],
      [
        { commit: "d", previousCommit: null },
        { commit: "d", previous: null },
      ],
    ])("%j sets %j", async (ref, head) => {
      await refs({ repository: "app", ...ref });
      expect((await shown.heads(organizationId, "1.0"))[0]).toEqual({ repository: "app", ...head });
    });

    test("accept repositories of any status, and list unknown ones in the error", async () => {
      const unknown = (...names: string[]) =>
        store.transaction((tx) =>
          unknownRepositories(
            tx,
            writer(),
            names.map((repository) => ({ repository, commit: "a" })),
          ),
        );
      expect(await unknown("app", "web", "app")).toBeNull();
      const error = await unknown("app", "none", "App");
      expect(error).toMatchObject({ code: "invalid", issues: [{ path: ["refs"] }] });
      expect(error?.message).toMatch(/^Invalid repository names: (none,App|App,none)$/);
    });
  });

  test("are cleared while the commits stay stored (contract 14.8)", async () => {
    await set({ id: "a", author_name: "Ada" });
    const cleared = await store.transaction((tx) => clearCommits(tx, release));
    expect(cleared).toMatchObject({ version: "1.0", commitCount: 0, lastCommitId: null, authorIds: [] });
    expect(await shown.release(organizationId, "1.0")).toEqual(cleared);
    expect([await linked(), await shown.heads(organizationId, "1.0")]).toEqual([[], []]);
    expect(await shown.commits(organizationId, "a")).toHaveLength(1);
  });

  test("cannot be written while another transaction writes them (contract 1.20)", async () => {
    const busy = store.transaction((tx) => lockCommits({ ...tx, tryLock: () => Promise.resolve(false) }, release));
    await expect(busy).rejects.toMatchObject({ code: "conflict", message: "Release commits are currently being processed" });
  });
});
