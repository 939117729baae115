import Database from "better-sqlite3";
import { afterEach, expect, test, vi } from "vitest";
import * as migrations from "./migrations.ts";
import { migrateSqlite } from "./sqlite/migrate.ts";

vi.mock("./migrations.ts", { spy: true });
afterEach(() => vi.restoreAllMocks());

test("files and archives of releases are shown after their tables were rebuilt, and no id is reused", () => {
  const known = migrations.knownMigrations("sqlite");
  const index = known.findIndex(({ sql }) => sql.some((statement) => statement.includes("CREATE TABLE `dropped_files`")));
  const db = new Database(":memory:");
  vi.mocked(migrations.knownMigrations).mockReturnValue(known.slice(0, index));
  migrateSqlite(db);
  db.pragma("foreign_keys = off");
  db.exec(`
    insert into blobs (id, name, sha256, sha1, size, date_created, date_last_used) values (1, 'b', 'b', 'b', 1, 1, 1);
    insert into release_archives (id, release_id, blob_id, checksum, date_created) values (4, 1, 1, 'one', 1), (5, 1, 1, 'two', 1);
    insert into release_files (id, release_id, name, dist, ident, headers, size, sha1, blob_id, archive_id, is_member, date_created) values
      (7, 1, '~/a.js', '', 'a', '{}', 1, 'a', 1, null, 0, 1), (8, 1, '~/a.js', 'd', 'a', '{}', 1, 'a', null, 4, 1, 1), (9, 1, '~/b.js', '', 'b', '{}', 1, 'b', 1, null, 0, 1);
    delete from release_archives where id = 5;
    delete from release_files where id = 9;
  `);
  vi.mocked(migrations.knownMigrations).mockReturnValue(known.slice(0, index + 1));
  migrateSqlite(db);
  expect(db.prepare("select id, checksum, state from release_archives").raw().all()).toEqual([[4, "one", "shown"]]);
  expect(db.prepare("select id, dist, archive_id, replaced_by from release_files order by id").raw().all()).toEqual([
    [7, "", null, 0],
    [8, "d", 4, 0],
  ]);
  db.exec("insert into release_archives (release_id, blob_id, checksum, date_created) values (1, 1, 'three', 1)");
  expect(db.prepare("select max(id) from release_archives").pluck().get()).toBe(6);
  const columns = "release_id, name, ident, headers, size, sha1, blob_id, date_created";
  db.exec(`insert into release_files (${columns}) values (1, '~/c.js', 'c', '{}', 1, 'c', 1, 1)`);
  expect(db.prepare("select max(id) from release_files").pluck().get()).toBe(10);
  expect(() => db.exec("delete from release_archives where id = 4")).not.toThrow();
  expect(db.prepare("select count(*) from release_files where archive_id = 4").pluck().get()).toBe(0);
});
