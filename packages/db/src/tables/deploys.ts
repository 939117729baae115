import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";
import type { ReleaseTables } from "./releases.ts";

/** Deploys, and the newest one of each release, project and environment. */
export function defineDeploys(
  k: Kit,
  { organizations, users }: OrganizationTables,
  { projects, environments }: ProjectTables,
  { releases }: ReleaseTables,
) {
  const deploys = k.table(
    "deploys",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      environmentId: k
        .int("environment_id")
        .notNull()
        .references(() => environments.id, { onDelete: "cascade" }),
      name: k.text("name"),
      url: k.text("url"),
      dateStarted: k.time("date_started"),
      dateFinished: k.time("date_finished").notNull(),
      dateCreated: k.time("date_created").notNull(),
      deployerId: k.int("deployer_id").references(() => users.id, { onDelete: "set null" }),
    },
    (t) => [
      k.index("deploys_release").on(t.releaseId, t.dateFinished, t.id),
      k.index("deploys_environment").on(t.environmentId, t.dateFinished, t.id),
      k.index("deploys_organization").on(t.organizationId, t.dateFinished, t.id),
    ],
  );

  const releaseEnvironments = k.table(
    "release_environments",
    {
      releaseId: k
        .int("release_id")
        .notNull()
        .references(() => releases.id, { onDelete: "cascade" }),
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      environmentId: k
        .int("environment_id")
        .notNull()
        .references(() => environments.id, { onDelete: "cascade" }),
      lastDeployId: k.int("last_deploy_id"),
      firstSeen: k.time("first_seen").notNull(),
      lastSeen: k.time("last_seen").notNull(),
    },
    (t) => [
      k.primaryKey({ columns: [t.releaseId, t.projectId, t.environmentId] }),
      k.index("release_environments_environment").on(t.environmentId, t.projectId, t.releaseId),
    ],
  );

  return { deploys, releaseEnvironments };
}
