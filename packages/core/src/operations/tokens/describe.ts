import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { TokenRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { OrgTokenView, TokenDetailsView, TokenView } from "@landfall/schema/organizations/tokens";
import { and, count, eq, exists, gt, isNull, or, sql } from "drizzle-orm";

/** An organization's token as the wire shows it (contract 16.1). */
export const describeOrgToken = (row: TokenRow): OrgTokenView => ({
  id: String(row.id),
  name: row.name,
  scopes: row.scopes,
  tokenLastCharacters: row.lastCharacters,
  dateCreated: instant(row.dateCreated),
  dateLastUsed: instantOrNull(row.dateLastUsed),
  projectLastUsedId: row.projectLastUsedId === null ? null : String(row.projectLastUsedId),
});

/** A person's own token, as they see it. */
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

/** A token, with who made it and the project it was used for last. */
export type TokenDetails = {
  readonly token: TokenRow;
  readonly creator: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly project: { readonly id: number; readonly slug: string; readonly name: string } | null;
  readonly organization: string | null;
  /** The creator's role in the organization whose token it is. */
  readonly creatorRole: string | null;
};

/**
 * Tokens with their details; conditions, order and window are the caller's. The project of a person's token is told only while they are
 * a member of its organization.
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

/** Tokens as pages show them at `now`, in the order given. One query whatever their number. */
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
  const isLive = and(
    isNull(tokens.dateRevoked),
    or(isNull(tokens.dateExpires), gt(tokens.dateExpires, sql.param(param.now, tokens.dateExpires))),
  );
  return db
    .select({ parentId: tokens.parentId, number: count() })
    .from(tokens)
    .where(and(anyOf(tokens.parentId, param.ids), isLive))
    .groupBy(tokens.parentId)
    .prepare();
});
