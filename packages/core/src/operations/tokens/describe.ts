import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { TokenRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { OrgTokenView, TokenDetailsView, TokenView } from "@landfall/schema/organizations/tokens";
import { and, count, eq, exists, isNull, or } from "drizzle-orm";
import { isLiveToken } from "../../records/accounts/tokens.ts";

/** Describes an organization token (contract 16.1). */
export const describeOrgToken = (row: TokenRow): OrgTokenView => ({
  id: String(row.id),
  name: row.name,
  scopes: row.scopes,
  tokenLastCharacters: row.lastCharacters,
  dateCreated: instant(row.dateCreated),
  dateLastUsed: instantOrNull(row.dateLastUsed),
  projectLastUsedId: row.projectLastUsedId === null ? null : String(row.projectLastUsedId),
});

/** Describes a token of either kind. */
export const describeToken = (row: TokenRow): TokenView => ({
  id: String(row.id),
  kind: row.userId === null ? "organization" : "user",
  name: row.name,
  scopes: row.scopes,
  tokenLastCharacters: row.lastCharacters,
  dateCreated: instant(row.dateCreated),
  dateExpires: instantOrNull(row.dateExpires),
  dateLastUsed: instantOrNull(row.dateLastUsed),
  lastUsedClient: row.lastUsedClient,
});

/** A token, with its creator and the project that it was last used for. */
export type TokenDetails = {
  readonly token: TokenRow;
  readonly creator: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly project: { readonly id: number; readonly slug: string; readonly name: string } | null;
  readonly organization: string | null;
  /** The creator's role in the organization of the token. */
  readonly creatorRole: string | null;
};

/**
 * Selects tokens with their details; the caller adds conditions, order and limits. The project of a personal token is null unless the user is a
 * member of its organization.
 */
export function selectTokenDetails(db: Reader) {
  const { tokens, users, projects, organizations, members } = db.tables;
  const isMember = db
    .select({ userId: members.userId })
    .from(members)
    .where(and(eq(members.organizationId, projects.organizationId), eq(members.userId, tokens.userId)));
  return db
    .select({
      token: tokens,
      creator: { id: users.id, name: users.name, email: users.email },
      project: { id: projects.id, slug: projects.slug, name: projects.name },
      organization: organizations.slug,
      creatorRole: members.role,
    })
    .from(tokens)
    .leftJoin(users, eq(users.id, tokens.createdBy))
    .leftJoin(projects, and(eq(projects.id, tokens.projectLastUsedId), or(isNull(tokens.userId), exists(isMember))))
    .leftJoin(organizations, eq(organizations.id, projects.organizationId))
    .leftJoin(members, and(eq(members.organizationId, tokens.organizationId), eq(members.userId, tokens.createdBy)));
}

/** Describes tokens with their details at `now`, in the given order. Always one query. */
export async function describeTokenDetails(db: Reader, rows: readonly TokenDetails[], now: Date): Promise<TokenDetailsView[]> {
  const ids = rows.map(({ token }) => token.id);
  const children = new Map((await countChildren(db, { ids, now })).map(({ parentId, number }) => [parentId, number]));
  return rows.map(({ token, creator, creatorRole, project, organization }) => ({
    ...describeToken(token),
    createdBy: creator && { ...creator, id: String(creator.id), isMember: token.organizationId === null || creatorRole !== null },
    hasParent: token.parentId !== null,
    children: children.get(token.id) ?? 0,
    projectLastUsed: project && organization !== null ? { organization, slug: project.slug, name: project.name } : null,
  }));
}

const countChildren = prepared((db: Reader, param: { ids: readonly number[]; now: Date }) => {
  const { tokens } = db.tables;
  return db
    .select({ parentId: tokens.parentId, number: count() })
    .from(tokens)
    .where(and(anyOf(tokens.parentId, param.ids), isLiveToken(tokens, param.now)))
    .groupBy(tokens.parentId)
    .prepare();
});
