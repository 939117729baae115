import type { Kit } from "./kit.sqlite.ts";

/** Organizations and their people. Email addresses are stored in lower case. */
export function defineOrganizations(k: Kit) {
  const organizations = k.table(
    "organizations",
    {
      id: k.id("id"),
      slug: k.text("slug").notNull(),
      name: k.text("name").notNull(),
      openMembership: k.bool("open_membership").notNull().default(true),
      /** Whether every member may create organization tokens, as on Sentry; otherwise only managers and owners may. */
      membersCreateTokens: k.bool("members_create_tokens").notNull().default(false),
      /** Whether all its data was generated as a sample; only such an organization can be deleted. */
      isSample: k.bool("is_sample").notNull().default(false),
      /** When its sample data was complete: what was created later is not sample data. */
      dateSampled: k.time("date_sampled"),
      /** When it was removed; null if it was not. A removed organization can be restored for a day, and is then deleted. */
      dateRemoved: k.time("date_removed"),
      /** The maximum size of its artifacts in bytes; null for the server's default. */
      storageQuota: k.bigint("storage_quota"),
      /** The template of links to tickets, such as "https://jira.example.com/browse/{ticket}". */
      ticketUrl: k.text("ticket_url"),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("organizations_slug").on(t.slug)],
  );

  /** Former slugs of organizations, under which clients still find them. A current slug takes precedence. */
  const organizationFormerSlugs = k.table("organization_aliases", {
    slug: k.text("slug").primaryKey(),
    organizationId: k
      .int("organization_id")
      .notNull()
      .references(() => organizations.id, { onDelete: "cascade" }),
    dateCreated: k.time("date_created").notNull(),
  });

  const users = k.table(
    "users",
    {
      id: k.id("id"),
      username: k.text("username").notNull(),
      email: k.text("email").notNull(),
      name: k.text("name").notNull(),
      passwordHash: k.text("password_hash"),
      isActive: k.bool("is_active").notNull().default(true),
      dateJoined: k.time("date_joined").notNull(),
      lastLogin: k.time("last_login"),
    },
    (t) => [k.uniqueIndex("users_username").on(t.username), k.uniqueIndex("users_email").on(t.email)],
  );

  const userEmails = k.table(
    "user_emails",
    {
      id: k.id("id"),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      email: k.text("email").notNull(),
      /** Whether the identity provider or the operator confirmed that the address belongs to them. */
      isVerified: k.bool("is_verified").notNull().default(false),
    },
    (t) => [k.uniqueIndex("user_emails_email").on(t.email), k.index("user_emails_user").on(t.userId)],
  );

  const members = k.table(
    "members",
    {
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      role: k.text("role").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.primaryKey({ columns: [t.organizationId, t.userId] }), k.index("members_user").on(t.userId)],
  );

  const teams = k.table(
    "teams",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      slug: k.text("slug").notNull(),
      name: k.text("name").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("teams_organization_slug").on(t.organizationId, t.slug)],
  );

  const teamMembers = k.table(
    "team_members",
    {
      teamId: k
        .int("team_id")
        .notNull()
        .references(() => teams.id, { onDelete: "cascade" }),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
    },
    (t) => [k.primaryKey({ columns: [t.teamId, t.userId] }), k.index("team_members_user").on(t.userId)],
  );

  const setupLinks = k.table(
    "setup_links",
    {
      id: k.id("id"),
      tokenHash: k.text("token_hash").notNull(),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      dateCreated: k.time("date_created").notNull(),
      dateUsed: k.time("date_used"),
    },
    (t) => [k.uniqueIndex("setup_links_hash").on(t.tokenHash)],
  );

  const invitations = k.table(
    "invitations",
    {
      id: k.id("id"),
      /** The sha256 of the secret in the invitation's link. */
      tokenHash: k.text("token_hash").notNull(),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      email: k.text("email").notNull(),
      role: k.text("role").notNull(),
      /** Null for the organization's first team. */
      teamId: k.int("team_id").references(() => teams.id, { onDelete: "cascade" }),
      invitedBy: k.int("invited_by").references(() => users.id, { onDelete: "set null" }),
      dateCreated: k.time("date_created").notNull(),
      dateExpires: k.time("date_expires").notNull(),
      /** When it was used, revoked or replaced. */
      dateUsed: k.time("date_used"),
    },
    (t) => [k.uniqueIndex("invitations_hash").on(t.tokenHash), k.index("invitations_organization").on(t.organizationId, t.dateUsed)],
  );

  const savedViews = k.table(
    "saved_views",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** The page of the view: "releases", "board". */
      page: k.text("page").notNull(),
      name: k.text("name").notNull(),
      /** The query string of the page's URL, without "?". */
      query: k.text("query").notNull(),
      /** Whether the page opens with it by default. */
      isDefault: k.bool("is_default").notNull().default(false),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("saved_views_name").on(t.userId, t.organizationId, t.page, t.name)],
  );

  /** What a user dismissed on Home, with what it consisted of then; private to the user. */
  const attentionDismissals = k.table(
    "attention_dismissals",
    {
      id: k.id("id"),
      organizationId: k
        .int("organization_id")
        .notNull()
        .references(() => organizations.id, { onDelete: "cascade" }),
      userId: k
        .int("user_id")
        .notNull()
        .references(() => users.id, { onDelete: "cascade" }),
      /** "commits", "deploys" or "tokens". */
      kind: k.text("kind").notNull(),
      /** The project's id; 0 for what belongs to no project. Ids are not used again, so rows of deleted projects have no effect. */
      projectId: k.int("project_id").notNull(),
      /** The ids of the releases or tokens that were shown. */
      seenIds: k.json<number[]>("seen_ids").notNull(),
      dateCreated: k.time("date_created").notNull(),
    },
    (t) => [k.uniqueIndex("attention_dismissals_item").on(t.userId, t.organizationId, t.kind, t.projectId)],
  );

  return {
    organizations,
    organizationFormerSlugs,
    users,
    userEmails,
    members,
    teams,
    teamMembers,
    setupLinks,
    invitations,
    savedViews,
    attentionDismissals,
  };
}

export type OrganizationTables = ReturnType<typeof defineOrganizations>;
