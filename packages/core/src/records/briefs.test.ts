import type { Store } from "@landfall/db/store";
import type { CommitAuthorRow } from "@landfall/db/tables/schema";
import { directRows } from "@landfall/testing/rows/direct-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { countedStore } from "@landfall/testing/stores/wrapped-stores";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { briefContributors, briefRelease, briefUser, subjectOf } from "./briefs.ts";

const row = { isArchived: false, dateCreated: new Date("2026-01-01T00:00:00Z"), dateReleased: null, commitCount: 2, deployCount: 3 };

test.each([
  ["web@1.2.3", "web", "1.2.3"],
  ["web@1.2.3+45", "web", "1.2.3 (45)"],
  ["anything", null, "anything"],
])("%s is shown with its package and short form", (version, name, description) => {
  expect(briefRelease({ ...row, version })).toEqual({
    version,
    description,
    package: name,
    status: "open",
    dateCreated: "2026-01-01T00:00:00Z",
    dateReleased: null,
    commitCount: 2,
    deployCount: 3,
  });
});

test("says when it was released and that it is archived", () => {
  const dateReleased = new Date("2026-02-01T00:00:00.500Z");
  expect(briefRelease({ ...row, version: "1", isArchived: true, dateReleased })).toMatchObject({
    status: "archived",
    dateReleased: "2026-02-01T00:00:00.500Z",
  });
});

describe("the subject of a commit", () => {
  test.each([
    [null, ""],
    ["", ""],
    [" \n ", ""],
    ["Fix it", "Fix it"],
    ["\n\n  Fix it  \n\nBecause.", "Fix it"],
    ["Fix it\r\nBecause.", "Fix it"],
    ["a".repeat(200), "a".repeat(200)],
    ["a".repeat(201), `${"a".repeat(199)}…`],
    [`${"a".repeat(200)}   `, "a".repeat(200)],
    ["😀".repeat(200), "😀".repeat(200)],
    ["😀".repeat(201), `${"😀".repeat(199)}…`],
    ["😀".repeat(5000), `${"😀".repeat(199)}…`],
    [`a${"😀".repeat(5000)}`, `a${"😀".repeat(198)}…`],
  ])("%# is the first line, cut to 200 characters", (message, subject) => expect(subjectOf(message)).toBe(subject));
});

describe.each(["sqlite", "pglite"] as const)("authors as pages name them in %s", (kind) => {
  let store: Store;
  let close: () => Promise<void>;
  let organizationId: number;

  beforeEach(async () => {
    ({ store, close } = await openTestStore(kind));
    const given = fixtures(store);
    ({ id: organizationId } = await given.organization("acme"));
    await given.user("wim@acme.test", { name: "Wim Wever", organization: "acme" });
  });
  afterEach(() => close());

  type Made = { readonly email: string; readonly name?: string; readonly mergedInto?: number };
  const authors = (...rows: readonly Made[]): Promise<CommitAuthorRow[]> =>
    store.transaction((tx) =>
      tx
        .insert(tx.tables.commitAuthors)
        .values(rows.map((row) => ({ ...row, organizationId })))
        .returning(),
    );
  const brief = async (rows: readonly CommitAuthorRow[]) => [...(await briefContributors(store.read, organizationId, rows)).values()];

  test("are the member whose address it is, else what their commits say", async () => {
    await directRows(store).secondEmail("wim@acme.test", "w@home.test");
    const rows = await authors({ email: "w@home.test", name: "w" }, { email: "eva@acme.test", name: "Eva" }, { email: "none@acme.test" });
    expect(await brief(rows)).toEqual([
      { name: "Wim Wever", email: "wim@acme.test", userId: expect.any(String), isBot: false },
      { name: "Eva", email: "eva@acme.test", userId: null, isBot: false },
      { name: null, email: "none@acme.test", userId: null, isBot: false },
    ]);
  });

  test("are bots when name or address say so, even of a member", async () => {
    const rows = await authors({ email: "wim@acme.test", name: "renovate[bot]" }, { email: "1+dependabot[bot]@users.test" });
    expect((await brief(rows)).map(({ isBot }) => isBot)).toEqual([true, true]);
  });

  test("that were merged are the main one, under any name of theirs", async () => {
    const [main] = await authors({ email: "main@eva.test" });
    const others = await authors(
      { email: "old@eva.test", name: "Eva", mergedInto: main?.id ?? 0 },
      { email: "older@eva.test", name: "E.", mergedInto: main?.id ?? 0 },
    );
    const eva = { name: "Eva", email: "main@eva.test", userId: null, isBot: false };
    expect(await brief(others)).toEqual([eva, eva]);
    expect(await brief(main ? [main] : [])).toEqual([eva]);
  });

  test("that were merged are the member whose address any of them is", async () => {
    const [main] = await authors({ email: "main@wim.test", name: "W" });
    const [own, third] = await authors(
      { email: "wim@acme.test", mergedInto: main?.id ?? 0 },
      { email: "third@wim.test", mergedInto: main?.id ?? 0 },
    );
    const names = (await brief([main, own, third].flatMap((row) => row ?? []))).map(({ name, email }) => `${name} ${email}`);
    expect(names).toEqual(Array.from({ length: 3 }, () => "Wim Wever wim@acme.test"));
  });

  test("take three statements, and none for nobody", async () => {
    const rows = await authors({ email: "wim@acme.test" }, ...Array.from({ length: 200 }, (_, n) => ({ email: `p${n}@acme.test` })));
    const counted = countedStore(store);
    await briefContributors(counted.store.read, organizationId, []);
    expect(counted.taken()).toBe(0);
    expect((await briefContributors(counted.store.read, organizationId, [...rows, ...rows])).size).toBe(201);
    expect(counted.taken()).toBe(3);
  });
});

test("a person of this server is named with their id", () => {
  expect(briefUser({ id: 7, name: "Wim", email: "wim@acme.test" })).toEqual({
    name: "Wim",
    email: "wim@acme.test",
    userId: "7",
    isBot: false,
  });
});
