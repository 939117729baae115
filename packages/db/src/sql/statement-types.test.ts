import { openTestStore } from "@landfall/testing/stores/open-test-store";
import { and, eq } from "drizzle-orm";
import { expect, expectTypeOf, onTestFinished, test } from "vitest";
import type { Reader, Tx } from "../store.ts";
import { anyOf, equalTo } from "./conditions.ts";
import { jsonRows, type NewRow } from "./insert-rows.ts";
import { pick, prepared } from "./prepared.ts";

// `tsc` checks this file: it fails where a line below `@ts-expect-error` compiles.

const findProjects = prepared((db: Reader, param: { organizationId: number; slugs: readonly string[] }) => {
  const { projects } = db.tables;
  return db
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.organizationId, param.organizationId), anyOf(projects.slug, param.slugs)))
    .prepare();
});

const countProjects = prepared((db: Reader) => db.select({ id: db.tables.projects.id }).from(db.tables.projects).prepare());

const ORGANIZATION_COLUMNS = ["slug", "name", "dateCreated"] as const;

const insertOrganization = prepared((tx: Tx, param: NewRow<"organizations", typeof ORGANIZATION_COLUMNS>) =>
  tx.insert(tx.tables.organizations).values(pick(param, ORGANIZATION_COLUMNS)).prepare(),
);

const CHUNK_COLUMNS = ["organizationId", "sha1", "size", "blobId", "dateLastUsed"] as const;

const insertChunks = prepared((tx: Tx, param: { rows: readonly NewRow<"chunks", typeof CHUNK_COLUMNS>[] }) =>
  tx
    .insert(tx.tables.chunks)
    .select(jsonRows(tx, tx.tables.chunks, CHUNK_COLUMNS, param.rows))
    .prepare(),
);

async function openStore() {
  const { store, close } = await openTestStore("sqlite");
  onTestFinished(close);
  return store;
}

test("a call passes every parameter, by its name and of its type", async () => {
  const { read } = await openStore();
  expectTypeOf(findProjects).parameter(1).toEqualTypeOf<{ organizationId: number; slugs: readonly string[] }>();
  expect(await findProjects(read, { organizationId: 1, slugs: ["a"] })).toEqual([]);
  // @ts-expect-error "slugs" is missing
  await expect(findProjects(read, { organizationId: 1 })).rejects.toThrow('placeholder "slugs"');
  // @ts-expect-error every parameter is missing
  await expect(findProjects(read)).rejects.toThrow("No value for placeholder");
  // @ts-expect-error "slug" is no parameter
  await expect(findProjects(read, { organizationId: 1, slug: ["a"] })).rejects.toThrow('placeholder "slugs"');
  // @ts-expect-error an organization id is a number
  expect(await findProjects(read, { organizationId: "x", slugs: ["a"] })).toEqual([]);
  // @ts-expect-error slugs are strings
  expect(await findProjects(read, { organizationId: 1, slugs: [1] })).toEqual([]);
  // @ts-expect-error a list is passed as an array, not as JSON
  expect(await findProjects(read, { organizationId: 1, slugs: JSON.stringify(["a"]) })).toEqual([]);
});

test("a statement without parameters takes no values", async () => {
  const { read } = await openStore();
  expect(await countProjects(read)).toEqual([]);
  // @ts-expect-error there is nothing to pass
  expect(await countProjects(read, { id: 1 })).toEqual([]);
});

test("a statement is built from its own parameters, and a column takes those of its type", async () => {
  const { read } = await openStore();
  const find = prepared((db: Reader, param: { id: number; slug: string; ids: readonly number[] }) => {
    const { projects } = db.tables;
    // @ts-expect-error "key" is no parameter
    const unknownName = eq(projects.id, param.key);
    // @ts-expect-error a slug is text
    const wrongType = eq(projects.slug, param.id);
    // @ts-expect-error an id is a number
    const wrongTypeOfEqualTo = equalTo(projects.id, param.slug);
    // @ts-expect-error slugs are text
    const wrongList = anyOf(projects.slug, param.ids);
    // @ts-expect-error a list has several values
    const noList = anyOf(projects.id, param.id);
    return db
      .select()
      .from(projects)
      .where(and(unknownName, wrongType, wrongTypeOfEqualTo, wrongList, noList))
      .prepare();
  });
  await expect(find(read, { id: 1, slug: "a", ids: [1] })).rejects.toThrow('placeholder "key"');
});

test("an insert has every required column, each by its name and of its type", async () => {
  const store = await openStore();
  const dateCreated = new Date(0);
  await store.transaction((tx) => insertOrganization(tx, { slug: "a", name: "A", dateCreated }));
  await store.transaction(async (tx) => {
    // @ts-expect-error "name" is missing
    await expect(insertOrganization(tx, { slug: "b", dateCreated })).rejects.toThrow('placeholder "name"');
    // @ts-expect-error "named" is no column
    await expect(insertOrganization(tx, { slug: "b", named: "B", dateCreated })).rejects.toThrow('placeholder "name"');
    // @ts-expect-error a date is a Date
    await expect(insertOrganization(tx, { slug: "b", name: "B", dateCreated: "today" })).rejects.toThrow();
  });
  prepared((tx: Tx, param: { slug: string; name: string; named: string; dateCreated: Date }) => {
    const insert = tx.insert(tx.tables.organizations);
    const withoutName = pick(param, ["slug", "dateCreated"]);
    // @ts-expect-error the required column "name" is missing
    void insert.values(withoutName);
    // @ts-expect-error "slugg" is no parameter
    pick(param, ["slugg", "name", "dateCreated"]);
    // @ts-expect-error "named" is no column
    void insert.values({ ...withoutName, name: param.name, named: param.named });
    return insert.values(pick(param, ["slug", "name", "dateCreated"])).prepare();
  });
  // @ts-expect-error "slugg" is no column
  expectTypeOf<NewRow<"organizations", readonly ["slugg"]>>();
});

test("rows inserted as JSON have every column, each by its name and of its type", async () => {
  const store = await openStore();
  const row = { organizationId: 1, sha1: "a", size: 1, blobId: 1, dateLastUsed: new Date(0) };
  const { size: _, ...withoutSize } = row;
  expectTypeOf(insertChunks).parameter(1).toEqualTypeOf<{ rows: readonly (typeof row)[] }>();
  const insert = (tx: Tx) => [
    // @ts-expect-error "size" is missing
    insertChunks(tx, { rows: [withoutSize] }),
    // @ts-expect-error "sise" is no column
    insertChunks(tx, { rows: [{ ...withoutSize, sise: 1 }] }),
    // @ts-expect-error a size is a number
    insertChunks(tx, { rows: [{ ...row, size: "1" }] }),
    // @ts-expect-error "row" is no parameter
    insertChunks(tx, { row: [row] }),
  ];
  await expect(store.transaction((tx) => Promise.all(insert(tx)))).rejects.toThrow();

  prepared((tx: Tx, param: { rows: readonly { commitId: number; path: string; type: string }[] }) => {
    const { commitFiles } = tx.tables;
    // @ts-expect-error the column "type" is missing
    const missing = jsonRows(tx, commitFiles, ["commitId", "path"], param.rows);
    // @ts-expect-error "kind" is no column
    const misspelled = jsonRows(tx, commitFiles, ["commitId", "path", "kind"], param.rows);
    return tx
      .insert(commitFiles)
      .select(missing ?? misspelled)
      .prepare();
  });
});
