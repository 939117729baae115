import type { TokenRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { TokenDetailsView } from "@landfall/schema/views/token";
import { and, eq, exists, isNull, or } from "drizzle-orm";
import { describeToken } from "./describe-token.ts";

/** A token, with who made it and the project it was used for last. */
export type TokenDetails = {
  readonly token: TokenRow;
  readonly creator: { readonly id: number; readonly name: string; readonly email: string } | null;
  readonly project: { readonly id: number; readonly slug: string; readonly name: string } | null;
  readonly organization: string | null;
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
    })
    .from(tokens)
    .leftJoin(users, eq(users.id, tokens.createdBy))
    .leftJoin(projects, and(eq(projects.id, tokens.projectLastUsedId), or(isNull(tokens.userId), exists(isMember))))
    .leftJoin(organizations, eq(organizations.id, projects.organizationId));
}

/** A token as pages show it. */
export const describeTokenDetails = ({ token, creator, project, organization }: TokenDetails): TokenDetailsView => ({
  ...describeToken(token),
  createdBy: creator && { ...creator, id: String(creator.id) },
  projectLastUsed: project && organization !== null ? { organization, slug: project.slug, name: project.name } : null,
});
