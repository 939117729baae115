import type { Kit } from "./kit.sqlite.ts";
import type { OrganizationTables } from "./organizations.ts";
import type { ProjectTables } from "./projects.ts";

/** The credentials of people: their sessions, their identities at a provider, and the keys that sign cookies. */
export function defineSessions(k: Kit, { users }: OrganizationTables) {
  const sessions = k.table(
    "sessions",
    {
      id: k.id("id"),
      /** The sha256 of the browser's cookie. */
      tokenHash: k.text("token_hash").notNull(),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** The IP address it was created from; null if unknown. */
      ipAddress: k.text("ip_address"),
      userAgent: k.text("user_agent"),
      dateCreated: k.time("date_created").notNull(),
      dateLastUsed: k.time("date_last_used").notNull(),
      dateExpires: k.time("date_expires").notNull(),
    },
    (t) => [
      k.uniqueIndex("sessions_hash").on(t.tokenHash),
      k.index("sessions_user").on(t.userId, t.id),
      k.index("sessions_expires").on(t.dateExpires),
    ],
  );

  const identities = k.table(
    "identities",
    {
      id: k.id("id"),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** The identity provider. */
      provider: k.text("provider").notNull(),
      /** The provider's permanent id of the person. */
      subject: k.text("subject").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("identities_subject").on(t.provider, t.subject), k.index("identities_user").on(t.userId)],
  );

  const secrets = k.table(
    "secrets",
    {
      id: k.id("id"),
      /** The purpose of the secret. */
      name: k.text("name").notNull(),
      value: k.text("value").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("secrets_name").on(t.name)],
  );

  return { sessions, identities, secrets };
}

/** Tokens of people and of organizations. Only a sha256 and the last characters are stored. */
export function defineTokens(k: Kit, { organizations, users }: OrganizationTables, { projects }: ProjectTables) {
  const tokens = k.table(
    "tokens",
    {
      id: k.id("id"),
      /** "user" acts as the person, "organization" as the organization. */
      kind: k.text("kind").notNull(),
      userId: k.int("user_id").references(() => users.id, { onDelete: "cascade" }),
      organizationId: k.int("organization_id").references(() => organizations.id, { onDelete: "cascade" }),
      name: k.text("name").notNull(),
      tokenHash: k.text("token_hash").notNull(),
      lastCharacters: k.text("last_characters").notNull(),
      scopes: k.json<string[]>("scopes").notNull(),
      createdBy: k.int("created_by").references(() => users.id, { onDelete: "set null" }),
      /** The token that created it, whose revocation revokes it; null if a signed-in person or the server created it. */
      parentId: k.int("parent_id"),
      dateCreated: k.time("date_created").notNull(),
      dateExpires: k.time("date_expires"),
      dateRevoked: k.time("date_revoked"),
      dateLastUsed: k.time("date_last_used"),
      lastUsedClient: k.text("last_used_client"),
      projectLastUsedId: k.int("project_last_used_id").references(() => projects.id, { onDelete: "set null" }),
    },
    (t) => [
      k.uniqueIndex("tokens_hash").on(t.tokenHash),
      k.index("tokens_organization").on(t.organizationId),
      k.index("tokens_user").on(t.userId),
      k.index("tokens_parent").on(t.parentId),
    ],
  );

  return { tokens };
}
