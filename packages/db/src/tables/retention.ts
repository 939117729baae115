import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";

/** How long artifacts are kept, and what was removed. */
export function defineRetention(k: Kit, { organizations }: OrganizationTables, { projects }: ProjectTables) {
  const projectId = () =>
    k
      .int("project_id")
      .notNull()
      .references(() => projects.id, { onDelete: "cascade" });

  /** The rule of a project; without one it keeps everything. */
  const retentionRules = k.table(
    "retention_rules",
    {
      projectId: projectId(),
      /** Of how many of its last releases artifacts are kept; null when that is no reason. */
      keepLast: k.int("keep_last"),
      /** For how many days after their upload artifacts are kept; null when that is no reason. */
      keepDays: k.int("keep_days"),
      /** The names of environments; what was ever deployed to one of them is kept. */
      environments: k.json<string[]>("environments").notNull(),
      dateChanged: k.time("date_changed").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.projectId] })],
  );

  /** What went, and when; the last hundred of each project. Written as it goes on, so that it is true of a run that was cut off. */
  const retentionRuns = k.table(
    "retention_runs",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      projectId: projectId(),
      /** Who, as in the audit log; "system" at night. */
      actor: k.text("actor").notNull(),
      bundles: k.int("bundles").notNull().default(0),
      releases: k.int("releases").notNull().default(0),
      files: k.int("files").notNull().default(0),
      /** Of blobs that nothing refers to any more. */
      bytes: k.bigint("bytes").notNull().default(0),
      /** The first few versions that artifacts went of. */
      versions: k.json<string[]>("versions").notNull(),
      /** Why it did not come to its end; null when it did, or has not yet. */
      failure: k.text("failure"),
      dateStarted: k.time("date_started").notNull(),
      /** Null while it goes on, and for one that was cut off. */
      dateFinished: k.time("date_finished"),
    },
    (t) => [k.index("retention_runs_organization").on(t.organizationId, t.id), k.index("retention_runs_project").on(t.projectId, t.id)],
  );

  /** Work that one process does once a night. A process that was killed in the middle leaves it to the next one. */
  const nightlyWork = k.table(
    "nightly_work",
    {
      name: k.text("name").notNull(),
      dateBegun: k.time("date_begun").notNull(),
      /** The last project that is done, 0 before the first; null when the work is finished. */
      afterProjectId: k.int("after_project_id"),
      /** When the process that does the work last wrote here; null when no process does it. */
      dateAlive: k.time("date_alive"),
    },
    (t) => [k.primaryKey({ columns: [t.name] })],
  );

  /** Work that is done once in the life of a database: a row from its beginning to its end, so that the next start does what was cut short. */
  const unfinishedWork = k.table("unfinished_work", { name: k.text("name").notNull(), dateBegun: k.time("date_begun").notNull() }, (t) => [
    k.primaryKey({ columns: [t.name] }),
  ]);

  return { retentionRules, retentionRuns, nightlyWork, unfinishedWork };
}
