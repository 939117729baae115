import type { Kit } from "../kit.sqlite.ts";
import type { OrganizationTables } from "./people.ts";

/** How people sign in: their sessions, who they are at an identity provider, and what the server signs cookies with. */
export function defineSessions(k: Kit, { users }: OrganizationTables) {
  const sessions = k.table(
    "sessions",
    {
      id: k.id("id"),
      /** The sha256 of what the browser's cookie holds. */
      tokenHash: k.text("token_hash").notNull(),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** The address it was made from; null when nobody could tell. */
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
      /** Which identity provider. */
      provider: k.text("provider").notNull(),
      /** What the provider calls the person, for ever. */
      subject: k.text("subject").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("identities_subject").on(t.provider, t.subject), k.index("identities_user").on(t.userId)],
  );

  const secrets = k.table(
    "secrets",
    {
      id: k.id("id"),
      /** What it is for. */
      name: k.text("name").notNull(),
      value: k.text("value").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("secrets_name").on(t.name)],
  );

  return { sessions, identities, secrets };
}
