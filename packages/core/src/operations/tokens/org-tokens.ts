import type { TokenRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import { instantOrNull } from "@landfall/schema/instant";
import {
  CreateOrgTokenInput,
  ListTokensInput,
  type NewOrgTokenView,
  type OrgTokenView,
  type RotatedOrgTokenView,
  RotateTokenInput,
  type TokenDetailsView,
} from "@landfall/schema/organizations/tokens";
import type { Page } from "@landfall/schema/page";
import { ORG_READ, REL_WRITE } from "@landfall/schema/scope";
import { and, desc, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { type Access, atOrganization, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { reachableProjects, reaches } from "../../access/project-reach.ts";
import { ORGANIZATION_WRITE } from "../../access/scopes.ts";
import { generateOrgToken } from "../../access/token-text.ts";
import { AppError, forbidden } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { type Locator, mutation, query } from "../../kernel/operation.ts";
import { findToken, revokeOneToken, storeToken } from "../../records/accounts/tokens.ts";
import { describeOrgToken, describeTokenDetails, selectTokenDetails } from "./describe.ts";
import { futureDate, replaceToken } from "./replace-token.ts";

const MAX_NAME_LENGTH = 255;

/**
 * Creates an organization token for CI, which can report releases of every project (contract 16.1), and returns its text once. A token that is
 * created with a personal token is revoked with it. Throws `invalid` without a field for a blank or long name, and `forbidden` unless the
 * caller is a manager or owner, or the organization lets every member create tokens, and has the permissions of the token themselves.
 */
export const createOrgToken = mutation({
  scope: ORG_READ,
  at: atOrganization,
  input: CreateOrgTokenInput,
  run: async (on, input): Promise<NewOrgTokenView> => {
    const { at, now, context } = on;
    assertCanCreateOrgToken(at.access);
    if (input.name === "") throw new AppError("invalid", "The name cannot be blank.");
    if ([...input.name].length > MAX_NAME_LENGTH)
      throw new AppError("invalid", `The name cannot be longer than ${MAX_NAME_LENGTH} characters.`);
    const { id: organizationId, slug } = at.access.organization;
    const token = generateOrgToken(context, slug, now);
    const dateExpires = futureDate("dateExpires", input.dateExpires, now);
    const row = await storeToken(on, { owner: { organizationId }, name: input.name, scopes: ["org:ci"], dateExpires }, token);
    return { ...describeOrgToken(row), token };
  },
});

/**
 * Lists the organization's tokens that are not revoked, the newest first (contract 16.1). `projectLastUsedId` is null for a project that the
 * caller does not reach.
 */
export const listOrgTokens = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListTokensInput,
  run: async ({ db, at: { access } }, input): Promise<Page<OrgTokenView>> => {
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const reach = await reachableProjects(db, access);
    const rows = await db
      .select()
      .from(tokens)
      .where(and(eq(tokens.organizationId, access.organization.id), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const seen = items.map((row) => {
      const { projectLastUsedId: id } = row;
      return describeOrgToken({ ...row, projectLastUsedId: id !== null && reaches(reach, id) ? id : null });
    });
    return { items: seen, ...links };
  },
});

/**
 * Lists the organization's tokens that are not revoked, the newest first, with details that REST does not return: expiry, creator, and the
 * client and project of the last use. A project that the caller does not reach is null.
 */
export const listOrgTokenDetails = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListTokensInput,
  run: async ({ db, at: { access }, now }, input): Promise<Page<TokenDetailsView>> => {
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const reach = await reachableProjects(db, access);
    const rows = await selectTokenDetails(db)
      .where(and(eq(tokens.organizationId, access.organization.id), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    const seen = items.map((row) => (row.project && reaches(reach, row.project.id) ? row : { ...row, project: null }));
    return { items: await describeTokenDetails(db, seen, now), ...links };
  },
});

const orgTokenLocator = (which: "unrevoked" | "any"): Locator<z.output<typeof OrgTokenParams>, AtOrgToken> => ({
  params: OrgTokenParams,
  async locate({ db, actor, scope }, { organization, token: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    return { access, token: await findToken(db, id, { organizationId: access.organization.id }, which) };
  },
});

/** The path parameters that name a token of an organization. */
const OrgTokenParams = OrganizationParams.extend({ token: z.string().describe("The token's id.") });

/** Includes revoked tokens, for which the operation has an error of its own. */
const atAnyOrgToken = orgTokenLocator("any");

/**
 * Replaces an organization token by a new one, whose text it returns once. The old one works for another 24 hours, or until it expires. Throws
 * 404 for an unknown token, `conflict` for one that is revoked or expired, and `forbidden` for callers who may not create such a token.
 */
export const rotateOrgToken = mutation({
  scope: ORGANIZATION_WRITE,
  at: atAnyOrgToken,
  input: RotateTokenInput,
  run: async (on, input): Promise<RotatedOrgTokenView> => {
    const { at, now, context } = on;
    assertCanCreateOrgToken(at.access);
    const { id: organizationId, slug } = at.access.organization;
    const token = generateOrgToken(context, slug, now);
    const { row, replaced } = await replaceToken(on, { old: at.token, owner: { organizationId } }, input, token);
    return { ...describeOrgToken(row), dateExpires: instantOrNull(row.dateExpires), token, replaced };
  },
});

/** For operations on an organization token. Throws 404 if it is unknown or revoked. */
const atOrgToken = orgTokenLocator("unrevoked");

/** Revokes an organization token with its children. Throws 404 if it is unknown or already revoked. */
export const revokeOrgToken = mutation({
  scope: ORGANIZATION_WRITE,
  at: atOrgToken,
  input: NoInput,
  run: (on) => revokeOneToken(on, on.at.token),
});

type AtOrgToken = { readonly access: Access; readonly token: TokenRow };

/**
 * Throws `forbidden` unless the caller may create organization tokens: managers, owners and the server itself, and every member, as on Sentry,
 * if the organization allows it. The caller needs the permissions of the token: they must be able to write releases and reach every project.
 */
function assertCanCreateOrgToken({ organization, reachesAllProjects, scopes }: Access): void {
  if (!reachesAllProjects || !REL_WRITE.some((scope) => scopes.has(scope)))
    throw forbidden(`You do not have permission to create tokens of ${organization.slug}, which can write the releases of every project.`);
  if (!organization.membersCreateTokens && !ORGANIZATION_WRITE.some((scope) => scopes.has(scope)))
    throw forbidden(`Members of ${organization.slug} do not create its tokens. Ask an owner or manager for a token.`);
}
