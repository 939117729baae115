import Database from "better-sqlite3";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/better-sqlite3";
import { alias, type BaseSQLiteDatabase } from "drizzle-orm/sqlite-core";
import { describe, expect, test, vi } from "vitest";
import { tables } from "../tables/schema.sqlite.ts";
import { migrateSqlite } from "./migrate.ts";
import { cachedStatements, sqliteQueries } from "./session.ts";

function setUp() {
  const db = new Database(":memory:");
  const prepare = vi.spyOn(db, "prepare");
  return { db, statements: cachedStatements(db), compiled: () => prepare.mock.calls.map(([text]) => text) };
}

const numbered = (n: number) => `select ${n} as n`;

test("a repeated text is compiled once", () => {
  const { statements, compiled } = setUp();
  expect(statements.prepare("select 1 as one")).toBe(statements.prepare("select 1 as one"));
  expect(statements.prepare("select 2 as two").all()).toEqual([{ two: 2 }]);
  expect(compiled()).toEqual(["select 1 as one", "select 2 as two"]);
});

test("the least recently used statement is dropped first", () => {
  const { statements, compiled } = setUp();
  for (let n = 0; n < 300; n++) statements.prepare(numbered(n));
  statements.prepare(numbered(0));
  statements.prepare(numbered(300));
  statements.prepare(numbered(0));
  statements.prepare(numbered(1));
  expect(compiled().slice(300)).toEqual([numbered(300), numbered(1)]);
});

test("a very long text is compiled at each run", () => {
  const { statements, compiled } = setUp();
  const long = `select length('${"x".repeat(20_001)}') as n`;
  expect([statements.prepare(long).all(), statements.prepare(long).all()]).toEqual([[{ n: 20_001 }], [{ n: 20_001 }]]);
  expect(compiled()).toHaveLength(2);
});

test("a text that does not compile is not cached", () => {
  const { statements, db } = setUp();
  expect(() => statements.prepare("select * from late")).toThrow("no such table");
  db.exec("create table late (n)");
  expect(statements.prepare("select * from late").all()).toEqual([]);
});

test("a cached statement follows a schema change", () => {
  const { statements, db } = setUp();
  db.exec("create table t (a); insert into t values (1)");
  expect(statements.prepare("select * from t").all()).toEqual([{ a: 1 }]);
  db.exec("alter table t add column b default 2");
  expect(statements.prepare("select * from t").all()).toEqual([{ a: 1, b: 2 }]);
});

type Queries = BaseSQLiteDatabase<"sync", unknown>;

describe("rows", () => {
  const db = new Database(":memory:");
  migrateSqlite(db);
  db.pragma("foreign_keys = off");
  const own = sqliteQueries(db) as Queries;
  const theirs: Queries = drizzle(db);
  const { organizations, projects, releases, users } = tables;
  const dates = { dateCreated: new Date(0) };
  own
    .insert(organizations)
    .values({ slug: "acme", name: "Acme", openMembership: false, dateRemoved: new Date(5), ...dates })
    .run();
  own
    .insert(projects)
    .values({ organizationId: 1, slug: "web", name: "Web", ...dates })
    .run();
  own
    .insert(projects)
    .values({ organizationId: 9, slug: "lost", name: '"; lost', ...dates })
    .run();
  own
    .insert(releases)
    .values({ organizationId: 1, version: "1", authorIds: [3, 4], dateEffective: new Date(7), ...dates })
    .run();

  const others = alias(organizations, "others");
  const ofOrganization = eq(organizations.id, projects.organizationId);
  const selections: Record<string, (queries: Queries) => { all(): unknown[] }> = {
    "every column of a table": (queries) => queries.select().from(releases),
    "some columns under other names": (queries) => queries.select({ key: projects.slug, 'it\'s "quoted"': projects.name }).from(projects),
    "no rows": (queries) => queries.select().from(users),
    "an inner join": (queries) => queries.select().from(projects).innerJoin(organizations, ofOrganization),
    "a left join without a row": (queries) => queries.select().from(projects).leftJoin(organizations, ofOrganization),
    "a right join without a row": (queries) => queries.select().from(organizations).rightJoin(projects, ofOrganization),
    "a full join": (queries) => queries.select().from(organizations).fullJoin(projects, ofOrganization),
    "an aliased table": (queries) =>
      queries
        .select()
        .from(organizations)
        .leftJoin(others, and(eq(others.id, organizations.id), sql`false`)),
    "flat columns of a join": (queries) =>
      queries.select({ id: projects.id, removed: organizations.dateRemoved }).from(projects).leftJoin(organizations, ofOrganization),
    "groups of columns": (queries) =>
      queries
        .select({
          a: { id: organizations.id, slug: organizations.slug },
          b: { id: organizations.id, other: projects.id },
          slug: projects.slug,
        })
        .from(projects)
        .leftJoin(organizations, ofOrganization),
    "a group whose first column is null": (queries) =>
      queries
        .select({ a: { removed: organizations.dateRemoved, slug: organizations.slug } })
        .from(projects)
        .leftJoin(organizations, ofOrganization),
    expressions: (queries) =>
      queries
        .select({
          n: sql<number>`count(*)`,
          text: sql`max(${projects.slug})`.mapWith(String),
          newest: sql`max(${projects.dateCreated})`.mapWith(projects.dateCreated),
          named: sql`1`.as("named"),
          a: { one: sql`1` },
        })
        .from(projects),
    "a subquery": (queries) => {
      const named = queries.select({ slug: projects.slug, since: projects.dateCreated }).from(projects).as("named");
      return queries.select().from(named);
    },
    "insert returning": (queries) =>
      queries
        .insert(releases)
        .values({ organizationId: 1, version: "1", authorIds: [], dateEffective: new Date(7), ...dates })
        .onConflictDoUpdate({
          target: [releases.organizationId, releases.version],
          set: { version: "1" },
        })
        .returning(),
    "update returning": (queries) =>
      queries.update(projects).set({ name: "Web" }).returning({ id: projects.id, since: projects.dateCreated }),
  };

  test.each(Object.keys(selections))("are mapped as by Drizzle: %s", (name) => {
    const rows = selections[name]?.(own).all();
    expect(rows).toEqual(selections[name]?.(theirs).all());
    expect(rows?.map((row) => JSON.stringify(row))).toEqual(
      selections[name]?.(theirs)
        .all()
        .map((row) => JSON.stringify(row)),
    );
  });

  test("have a prototype and a member `__proto__` if a column is named so", () => {
    const [row] = own
      .select({ ["__proto__"]: projects.slug })
      .from(projects)
      .all();
    expect(Object.entries(row ?? {})).toEqual([["__proto__", "web"]]);
    expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
  });

  test("of every table have its columns", () => {
    for (const table of Object.values(tables)) {
      const columns = Object.keys(getTableColumns(table));
      for (const row of own.select().from(table).all()) expect(Object.keys(row)).toEqual(columns);
    }
  });
});
