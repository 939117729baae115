import { isPostgresAvailable } from "@landfall/testing/stores/open-test-postgres";
import { openTestStore, type TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { asc } from "drizzle-orm";
import * as fc from "fast-check";
import { describe, expect, it, onTestFinished, test } from "vitest";
import type { Tx } from "../store.ts";
import { chunked, jsonRows, type NewRow } from "./insert-rows.ts";
import { prepared } from "./prepared.ts";

const kinds: TestStoreKind[] = (await isPostgresAvailable()) ? ["sqlite", "pglite", "postgres"] : ["sqlite", "pglite"];
const date = new Date("2026-01-02T03:04:05.678Z");

const COLUMNS = ["organizationId", "repositoryId", "sha", "message", "authorId", "fixes", "dateCreated"] as const;

const insertCommits = prepared((tx: Tx, param: { rows: readonly NewRow<"commits", typeof COLUMNS>[] }) => {
  const rows = jsonRows(tx, tx.tables.commits, COLUMNS, param.rows);
  return tx.insert(tx.tables.commits).select(rows).onConflictDoNothing().returning().prepare();
});

describe.each(kinds)("rows as JSON, %s", (kind) => {
  async function repository() {
    const { store, close } = await openTestStore(kind);
    onTestFinished(close);
    const ids = await store.transaction(async (tx) => {
      const { organizations, repositories } = tx.tables;
      const [organization] = await tx.insert(organizations).values({ slug: "acme", name: "Acme", dateCreated: date }).returning();
      const organizationId = organization?.id ?? 0;
      const [repository] = await tx.insert(repositories).values({ organizationId, name: "web", dateCreated: date }).returning();
      return { organizationId, repositoryId: repository?.id ?? 0 };
    });
    const add = (rows: readonly { sha: string; message?: string | null; fixes?: string[] | null; dateCreated?: Date }[]) =>
      store.transaction((tx) => {
        const full = rows.map((row) => ({ ...ids, authorId: null, message: null, fixes: null, dateCreated: date, ...row }));
        return insertCommits(tx, { rows: full });
      });
    return { store, add };
  }

  it("stores every kind of value like an insert of values", async () => {
    const { add } = await repository();
    const rows = await add([
      { sha: "a", message: `It's "quoted"\n\\ and ünïcode 🎉`, fixes: ["APP-1", `x"y`] },
      { sha: "b", dateCreated: new Date("1969-12-31T23:59:59.999Z") },
      { sha: "c", message: "" },
    ]);
    expect(rows).toMatchObject([
      { sha: "a", message: `It's "quoted"\n\\ and ünïcode 🎉`, fixes: ["APP-1", `x"y`], dateCreated: date },
      { sha: "b", message: null, fixes: null, dateCreated: new Date("1969-12-31T23:59:59.999Z") },
      { sha: "c", message: "" },
    ]);
  });

  it("assigns ids in the order of the rows, and does not change existing rows", async () => {
    const { store, add } = await repository();
    await add([{ sha: "b", message: "first" }]);
    const added = await add(["a", "b", "c"].map((sha) => ({ sha, message: "second" })));
    expect(added.map((row) => row.sha)).toEqual(["a", "c"]);
    const { commits } = store.read.tables;
    const all = await store.read.select({ sha: commits.sha, message: commits.message }).from(commits).orderBy(asc(commits.id));
    expect(all).toEqual([
      { sha: "b", message: "first" },
      { sha: "a", message: "second" },
      { sha: "c", message: "second" },
    ]);
  });

  it("stores nothing for no rows", async () => {
    const { add } = await repository();
    expect(await add([])).toEqual([]);
  });

  it("stores any text", async () => {
    const { add } = await repository();
    const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
    let count = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(text, { minLength: 1, maxLength: 20 }), async (messages) => {
        const rows = await add(messages.map((message) => ({ sha: `sha-${count++}`, message })));
        expect(rows.map((row) => row.message)).toEqual(messages);
      }),
      { seed: 11, numRuns: 40 },
    );
  });
});

it("rejects missing columns", async () => {
  const { store, close } = await openTestStore("sqlite");
  onTestFinished(close);
  const withoutType = async (tx: Tx) =>
    // @ts-expect-error the column "type" is missing
    jsonRows(tx, tx.tables.commitFiles, ["commitId", "path"], []);
  await expect(store.transaction(withoutType)).rejects.toThrow("commit_files has a column type, which has no value");
});

const row = (width: number, value: number) => Object.fromEntries(Array.from({ length: width }, (_, column) => [`c${column}`, value]));
const rows = (count: number, width: number) => Array.from({ length: count }, (_, n) => row(width, n));

test.each([
  { count: 0, width: 3, parts: [] },
  { count: 1, width: 3, parts: [1] },
  { count: 500, width: 3, parts: [500] },
  { count: 1_001, width: 3, parts: [500, 500, 1] },
  { count: 700, width: 100, parts: [327, 327, 46] },
])("$count rows of $width values are split into $parts", ({ count, width, parts }) => {
  expect(chunked(rows(count, width)).map((part) => part.length)).toEqual(parts);
});

test("the widest row counts, unless the caller passes the number of parameters", () => {
  const ragged = [{ a: 1 }, ...rows(400, 120)];
  expect(chunked(ragged).map((part) => part.length)).toEqual([273, 128]);
  expect(chunked(rows(10, 1), 16_000).map((part) => part.length)).toEqual([2, 2, 2, 2, 2]);
  expect(chunked(rows(2, 1), 99_999).map((part) => part.length)).toEqual([1, 1]);
});

test("every row is in exactly one part, in order, and no part has too many parameters", () => {
  fc.assert(
    fc.property(fc.nat(3_000), fc.integer({ min: 1, max: 90 }), (count, width) => {
      const all = rows(count, width);
      const parts = chunked(all);
      expect(parts.flat()).toEqual(all);
      for (const part of parts) expect(part.length * width).toBeLessThanOrEqual(32_766);
    }),
    { numRuns: 20 },
  );
});
