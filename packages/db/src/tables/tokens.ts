import type { Kit } from "../kit.sqlite.ts";
import type { OrganizationTables } from "./people.ts";
import type { ProjectTables } from "./projects.ts";

/** Tokens of people and of organizations. Only a sha256 and the last characters are kept. */
export function defineTokens(k: Kit, { organizations, users }: OrganizationTables, { projects }: ProjectTables) {
  const tokens = k.table(
    "tokens",
    {
      id: k.id("id"),
      /** "user" acts as the person, "organization" as the organization itself. */
      kind: k.text("kind").notNull(),
      userId: k.int("user_id").references(() => users.id, { onDelete: "cascade" }),
      organizationId: k.int("organization_id").references(() => organizations.id, { onDelete: "cascade" }),
      name: k.text("name").notNull(),
      tokenHash: k.text("token_hash").notNull(),
      lastCharacters: k.text("last_characters").notNull(),
      scopes: k.json<string[]>("scopes").notNull(),
      createdBy: k.int("created_by").references(() => users.id, { onDelete: "set null" }),
      /** The token that created it, with which it ends; null for one that a signed-in person or the server created. */
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
