import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { openSqlite } from "@landfall/db/sqlite/open";
import Database from "better-sqlite3";
import { afterEach, describe, expect, it } from "vitest";
import { loadLargeHistory } from "./large-history.ts";
import { loadSmallHistory, SMALL, smallVersion } from "./small-history.ts";

const folders: string[] = [];

afterEach(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A migrated file with an organization and two projects. */
async function provisioned() {
  const folder = mkdtempSync(path.join(tmpdir(), "landfall-bench-test-"));
  folders.push(folder);
  const file = path.join(folder, "landfall.db");
  await (await openSqlite({ path: file })).close();
  const db = new Database(file);
  db.exec("insert into organizations (id, slug, name, date_created) values (1, 'acme', 'acme', 0)");
  for (const id of [1, 2])
    db.prepare("insert into projects (id, organization_id, slug, name, date_created) values (?, 1, ?, 'x', 0)").run(id, `p${id}`);
  const projects = [1, 2].map((id) => ({ id, slug: `p${id}` }));
  const data = { path: folder, file, organization: "acme", projects, token: "", ownerToken: "", copy: () => data, remove: () => {} };
  return { db, data };
}

const schemaOf = (db: Database.Database) => db.prepare("select type, name, sql from sqlite_master order by type, name").all();
const count = (db: Database.Database, text: string) => db.prepare(text).pluck().get();

describe("loadLargeHistory", () => {
  it("stores each release with its link, distributed over projects, and keeps the schema", async () => {
    const { db, data } = await provisioned();
    const before = schemaOf(db);
    loadLargeHistory(data, 1001);
    expect(schemaOf(db)).toEqual(before);
    expect(db.pragma("foreign_key_check")).toEqual([]);
    expect(db.pragma("integrity_check", { simple: true })).toBe("ok");
    expect(count(db, "select count(*) from releases")).toBe(1001);
    expect(db.prepare("select project_id, count(*) as links from release_projects group by 1").all()).toEqual([
      { project_id: 1, links: 501 },
      { project_id: 2, links: 500 },
    ]);
    db.close();
  });

  it("updates the index of version parts", async () => {
    const { db, data } = await provisioned();
    loadLargeHistory(data, 500);
    expect(count(db, `select count(*) from release_versions where release_versions match '"hot"'`)).toBe(
      count(db, "select count(*) from releases where version like '%hot%'"),
    );
    expect(count(db, "select count(*) from release_versions where rowid not in (select id from releases)")).toBe(0);
    db.close();
  });
});

describe("loadSmallHistory", () => {
  it("stores releases with commits and deploys, and newer archived ones without", async () => {
    const { db, data } = await provisioned();
    loadSmallHistory(data);
    expect(db.pragma("foreign_key_check")).toEqual([]);
    expect(
      count(db, "select count(*) from releases where is_archived = 0 and last_commit_id is not null and last_deploy_id is not null"),
    ).toBe(SMALL.releases);
    expect(count(db, "select count(*) from releases where is_archived = 1 and last_commit_id is null and author_ids = '[]'")).toBe(
      SMALL.archived,
    );
    expect(count(db, "select version from releases order by date_created desc limit 1")).toBe(
      smallVersion(SMALL.releases + SMALL.archived - 1),
    );
    expect(count(db, "select count(distinct author_id) from commits")).toBe(SMALL.authors);
    db.close();
  });
});
