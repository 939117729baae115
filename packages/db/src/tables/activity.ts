import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";

/** The activity of projects, and the audit log. */
export function defineActivity(k: Kit, { organizations }: OrganizationTables, { projects }: ProjectTables) {
  const activities = k.table(
    "activities",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      projectId: k
        .int("project_id")
        .notNull()
        .references(() => projects.id, { onDelete: "cascade" }),
      /** "release" when a release was finalized, "deploy" for each deploy. */
      kind: k.text("kind").notNull(),
      /** The version, cut to 64 characters. */
      ident: k.text("ident").notNull(),
      data: k.json<{ version: string; deployId?: number; environment?: string }>("data").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.index("activities_project").on(t.projectId, t.dateCreated, t.id), k.index("activities_ident").on(t.organizationId, t.ident)],
  );

  const auditLog = k.table(
    "audit_log",
    {
      id: k.id("id"),
      organizationId: k.int("organization_id").references(() => organizations.id, { onDelete: "cascade" }),
      /** The actor: "user:3", "token:12", "system". Text, so that it outlives the actor. */
      actor: k.text("actor").notNull(),
      /** The action, as noun.verb: "release.create". */
      action: k.text("action").notNull(),
      /** The target: the version, slug or name. */
      target: k.text("target").notNull(),
      details: k.json<Record<string, unknown>>("details"),
      requestId: k.text("request_id"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [
      k.index("audit_log_organization").on(t.organizationId, t.dateCreated, t.id),
      k.index("audit_log_target").on(t.organizationId, t.target, t.dateCreated, t.id),
    ],
  );

  return { activities, auditLog };
}
