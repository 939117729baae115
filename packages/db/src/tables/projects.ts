import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";

/** Projects, the teams that own them, and the environments of their deploys. */
export function defineProjects(k: Kit, { organizations, teams }: OrganizationTables) {
  const projects = k.table(
    "projects",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      slug: k.text("slug").notNull(),
      name: k.text("name").notNull(),
      platform: k.text("platform"),
      /** Key of the signed release webhook; null until it is first requested. */
      releaseToken: k.text("release_token"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("projects_organization_slug").on(t.organizationId, t.slug)],
  );

  /** Former slugs of projects, under which clients still find them. A current slug takes precedence. */
  const projectFormerSlugs = k.table(
    "project_aliases",
    {
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      slug: k.text("slug").notNull(),
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.organizationId, t.slug] })],
  );

  const projectTeams = k.table(
    "project_teams",
    {
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      teamId: k
        .int("team_id")
        .notNull()
        .references(() => teams.id, { onDelete: "cascade" }),
    },
    (t) => [k.primaryKey({ columns: [t.projectId, t.teamId] }), k.index("project_teams_team").on(t.teamId)],
  );

  const environments = k.table(
    "environments",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      name: k.text("name").notNull(),
      /** Its place in lists and on the board, lowest first: set by the organization or, by default, derived from the name. */
      position: k.int("position").notNull().default(10_001),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("environments_organization_name").on(t.organizationId, t.name)],
  );

  const environmentProjects = k.table(
    "environment_projects",
    {
      environmentId: k
        .int("environment_id")
        .notNull()
        .references(() => environments.id, { onDelete: "cascade" }),
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      /** Hidden in lists and on the board; deploys to it are still recorded. */
      isHidden: k.bool("is_hidden").notNull().default(false),
    },
    (t) => [k.primaryKey({ columns: [t.projectId, t.environmentId] })],
  );

  return { projects, projectFormerSlugs, projectTeams, environments, environmentProjects };
}

export type ProjectTables = ReturnType<typeof defineProjects>;
