import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";

/** Retention rules of artifacts, and the runs that applied them. */
export function defineRetention(k: Kit, { organizations }: OrganizationTables, { projects }: ProjectTables) {
  const projectId = () =>
    k
      .int("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" });

  /** The rule of a project; without one it keeps all artifacts. */
  const retentionRules = k.table(
    "retention_rules",
    {
      projectId: projectId(),
      /** The number of last releases whose artifacts are kept; null for no such limit. */
      keepLast: k.int("keep_last"),
      /** The number of days after the upload for which artifacts are kept; null for no such limit. */
      keepDays: k.int("keep_days"),
      /** Names of environments; releases that were ever deployed to one of them keep their artifacts. */
      environments: k.json<string[]>("environments").notNull(),
      dateChanged: k.time("date_changed").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.projectId] })],
  );

  /** Retention runs; the last hundred of each project. Updated during a run, so that an interrupted one is recorded correctly. */
  const retentionRuns = k.table(
    "retention_runs",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      projectId: projectId(),
      /** The actor, as in the audit log; "system" for nightly runs. */
      actor: k.text("actor").notNull(),
      bundles: k.int("bundles").notNull().default(0),
      releases: k.int("releases").notNull().default(0),
      files: k.int("files").notNull().default(0),
      /** The size of blobs that are unreferenced afterwards. */
      bytes: k.bigint("bytes").notNull().default(0),
      /** The first few versions whose artifacts were deleted. */
      versions: k.json<string[]>("versions").notNull(),
      /** Why it failed; null if it completed or is running. */
      failure: k.text("failure"),
      dateStarted: k.time("date_started").notNull(),
      /** Null while it is running, and if it was interrupted. */
      dateFinished: k.time("date_finished"),
    },
    (t) => [k.index("retention_runs_organization").on(t.organizationId, t.id), k.index("retention_runs_project").on(t.projectId, t.id)],
  );

  /** Work that one process does each night. If that process is killed, the next one continues. */
  const nightlyWork = k.table(
    "nightly_work",
    {
      name: k.text("name").notNull(),
      dateBegun: k.time("date_begun").notNull(),
      /** The last completed project, 0 before the first; null when the work is finished. */
      afterProjectId: k.int("after_project_id"),
      /** When the process that does the work last updated this row; null when no process does it. */
      dateAlive: k.time("date_alive"),
    },
    (t) => [k.primaryKey({ columns: [t.name] })],
  );

  /** Work that is done once per database: the row exists from its start to its end, so that the next start continues interrupted work. */
  const unfinishedWork = k.table("unfinished_work", { name: k.text("name").notNull(), dateBegun: k.time("date_begun").notNull() }, (t) => [
    k.primaryKey({ columns: [t.name] }),
  ]);

  return { retentionRules, retentionRuns, nightlyWork, unfinishedWork };
}
