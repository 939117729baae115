import Sqlite from "better-sqlite3";
import type { DataDirectory } from "../servers/data-directory.ts";
import { type SeedRelease, sortableValues } from "./seed-release.ts";

const ROWS_A_TRANSACTION = 50_000;

/** The tables of releases. */
export const RELEASES = ["releases", "release_projects"] as const;

/** A database file that is opened for fast inserts. */
export interface Loader {
  readonly db: Sqlite.Database;
  /** Runs `work`, which inserts into these tables, for 0 to `count` - 1 in large transactions. */
  each(tables: readonly string[], count: number, work: (index: number) => void): void;
  /** Stores a release and links it to a project. */
  release(projectId: number, release: SeedRelease): void;
  /** Checkpoints, updates statistics, and closes the file. */
  close(): void;
}

/** Opens the database of a data directory that is not in use. Nothing is durable before `close`. */
export function openLoader({ file }: Pick<DataDirectory, "file">, organizationId = 1): Loader {
  const db = new Sqlite(file);
  db.pragma("synchronous = off");
  db.pragma("cache_size = -262144");
  db.pragma("temp_store = memory");
  const insertRelease = db.prepare(
    `insert into releases (id, organization_id, version, is_archived, user_agent, date_created, date_released, date_effective, author_ids,
       package, major, minor, patch, revision, is_final, prerelease, build_code, build_number)
     values (?, ?, ?, ?, 'bench', ?, ?, ?, '[]', ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const insertLink = db.prepare(
    "insert into release_projects (release_id, project_id, is_archived, date_created, date_effective) values (?, ?, ?, ?, ?)",
  );
  return {
    db,
    each(tables, count, work) {
      withoutIndexes(db, tables, () => {
        for (let start = 0; start < count; start += ROWS_A_TRANSACTION) {
          db.transaction(() => {
            for (let index = start; index < Math.min(start + ROWS_A_TRANSACTION, count); index += 1) work(index);
          })();
        }
      });
    },
    release(projectId, { id, version, isArchived, created, released }) {
      const state = isArchived ? 1 : 0;
      const effective = released ?? created;
      insertRelease.run(id, organizationId, version, state, created, released, effective, ...sortableValues(version));
      insertLink.run(id, projectId, state, created, effective);
    },
    close() {
      db.pragma("wal_checkpoint(truncate)");
      db.close();
    },
  };
}

/**
 * Runs `fill` while these tables have no triggers and only unique indexes, and then recreates them: this halves the time for inserting many
 * rows.
 */
function withoutIndexes(db: Sqlite.Database, tables: readonly string[], fill: () => void): void {
  const dropped = db
    .prepare<[string], { type: string; name: string; sql: string }>(
      `select type, name, sql from sqlite_master where tbl_name in (select value from json_each(?)) and type in ('index', 'trigger')
         and sql is not null and sql not like 'create unique%'`,
    )
    .all(JSON.stringify(tables));
  for (const { type, name } of dropped) db.exec(`drop ${type} "${name}"`);
  fill();
  for (const { sql } of dropped) db.exec(sql);
  // The trigger that maintains the index of version parts did not run for these rows.
  if (dropped.some(({ name }) => name === "release_versions_insert")) {
    db.exec(
      "insert into release_versions (rowid, version) select id, version from releases where id not in (select rowid from release_versions)",
    );
  }
}
