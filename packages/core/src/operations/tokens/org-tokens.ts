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
import { generateOrgToken } from "../../access/token-text.ts";
import { AppError, forbidden, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { type Locator, mutation, query } from "../../kernel/operation.ts";
import { revokeOneToken, storeToken } from "../../records/tokens.ts";
import { describeOrgToken, describeTokenDetails, selectTokenDetails } from "./describe.ts";
import { futureDate, replaceToken } from "./replace-token.ts";

const MAX_NAME_LENGTH = 255;

/**
 * Creates a token of the organization, for CI: it can report releases of every project (contract 16.1). It is returned once. One created
 * with a person's token ends with that. Throws `invalid` without a field for a blank or long name, and `forbidden` unless the caller is
 * a manager or owner, or the organization lets every member create tokens, and can do as much themselves.
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

/** The organization's tokens that were not revoked, the newest first (contract 16.1). */
export const listOrgTokens = query({
  scope: ORG_READ,
  at: atOrganization,
  input: ListTokensInput,
  run: async ({ db, at }, input): Promise<Page<OrgTokenView>> => {
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const rows = await db
      .select()
      .from(tokens)
      .where(and(eq(tokens.organizationId, at.access.organization.id), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map(describeOrgToken), ...links };
  },
});

/**
 * The organization's tokens that were not revoked, the newest first, with what the wire does not tell of them: when they end, who made
 * them, and by which client and for which project they were used last. A project out of the caller's reach is not named.
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

const orgTokenLocator = (which: "live" | "any"): Locator<z.output<typeof OrgTokenParams>, AtOrgToken> => ({
  params: OrgTokenParams,
  async locate({ db, actor, scope }, { organization, token: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const { tokens } = db.tables;
    const mine = and(eq(tokens.id, readId(id)), eq(tokens.organizationId, access.organization.id));
    const [token] = await db
      .select()
      .from(tokens)
      .where(which === "live" ? and(mine, isNull(tokens.dateRevoked)) : mine);
    if (!token) throw notFound();
    return { access, token };
  },
});

/** The path parameters that name a token of an organization. */
const OrgTokenParams = OrganizationParams.extend({ token: z.string().describe("The token's id.") });

/** The same, with those that were revoked: for an operation that tells so. */
const atAnyOrgToken = orgTokenLocator("any");

/**
 * Puts a new token in the place of one of the organization's; it is answered this once. The old one works for 24 hours more, or until
 * its own earlier end. Throws 404 for an unknown token, `conflict` for one that was revoked or has expired, and `forbidden` to callers
 * who may not do as much themselves.
 */
export const rotateOrgToken = mutation({
  scope: ["org:write", "org:admin"],
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

/** An operation about one of the organization's tokens. 404 when it has none of this id, or it was revoked. */
const atOrgToken = orgTokenLocator("live");

/** Revokes a token of the organization, and those created with it. Throws 404 if it is unknown or was revoked before. */
export const revokeOrgToken = mutation({
  scope: ["org:write", "org:admin"],
  at: atOrgToken,
  input: NoInput,
  run: (on) => revokeOneToken(on, on.at.token),
});

type AtOrgToken = { readonly access: Access; readonly token: TokenRow };

const MANAGE_SCOPES = ["org:write", "org:admin"] as const;

/**
 * Throws `forbidden` unless the caller may create a token of the organization. Managers and owners may, and the server itself; every
 * member, as on Sentry, only if the organization is set so. Never a caller who can do less than the token: one that only reads, or
 * reaches only some projects.
 */
function assertCanCreateOrgToken({ organization, reachesAllProjects, scopes }: Access): void {
  if (!reachesAllProjects || !REL_WRITE.some((scope) => scopes.has(scope))) throw forbidden();
  if (!organization.membersCreateTokens && !MANAGE_SCOPES.some((scope) => scopes.has(scope))) throw forbidden();
}
