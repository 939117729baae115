import type { TokenRow } from "@landfall/db/tables/schema";
import { NoInput } from "@landfall/schema/fields/query";
import {
  CreateUserTokenInput,
  ListTokensInput,
  type NewTokenView,
  type RotatedTokenView,
  RotateTokenInput,
  type TokenDetailsView,
} from "@landfall/schema/organizations/tokens";
import type { Page } from "@landfall/schema/page";
import { isScope, SCOPES } from "@landfall/schema/scope";
import { and, desc, eq, isNull } from "drizzle-orm";
import * as z from "zod";
import { generateUserToken } from "../../access/token-text.ts";
import { AppError, forbidden, notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { atNothing, type Locator, mutation, query } from "../../kernel/operation.ts";
import { revokeOneToken, storeToken } from "../../records/tokens.ts";
import { describeToken, describeTokenDetails, selectTokenDetails } from "./describe.ts";
import { futureDate, replaceToken } from "./replace-token.ts";

/**
 * Creates a token of the caller's own; it is returned once. Throws 403 unless the caller is a person, and `invalid` at `scopes` for one
 * the caller does not have. A token created with a token has no scope that one lacks, expires no later, and is revoked with it.
 */
export const createUserToken = mutation({
  scope: SCOPES,
  at: atNothing,
  input: CreateUserTokenInput,
  run: async (on, { name, scopes, dateExpires }): Promise<NewTokenView> => {
    const { actor, context, now } = on;
    if (actor.kind !== "user") throw forbidden();
    const issues = scopes.flatMap((scope, index) =>
      actor.scopes.has(scope) ? [] : [{ path: ["scopes", index], message: `You do not have the scope "${scope}" yourself.` }],
    );
    if (issues.length > 0) throw new AppError("invalid", issues[0]?.message ?? "", { issues });
    const token = generateUserToken(context);
    const draft = {
      owner: { userId: actor.userId },
      name,
      scopes: [...new Set(scopes)],
      dateExpires: futureDate("dateExpires", dateExpires, now),
    };
    const row = await storeToken(on, draft, token);
    return { ...describeToken(row), token };
  },
});

/** The caller's own tokens that were not revoked, the newest first. Throws 403 unless the caller is a person. */
export const listTokens = query({
  scope: SCOPES,
  at: atNothing,
  input: ListTokensInput,
  run: async ({ db, actor, now }, input): Promise<Page<TokenDetailsView>> => {
    if (actor.kind !== "user") throw forbidden();
    const { tokens } = db.tables;
    const window = offsetWindow(input);
    const rows = await selectTokenDetails(db)
      .where(and(eq(tokens.userId, actor.userId), isNull(tokens.dateRevoked)))
      .orderBy(desc(tokens.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: await describeTokenDetails(db, items, now), ...links };
  },
});

const ownTokenLocator = (which: "live" | "any"): Locator<z.output<typeof OwnTokenParams>, { token: TokenRow }> => ({
  params: OwnTokenParams,
  async locate({ db, actor }, { token: id }) {
    if (actor.kind !== "user") throw forbidden();
    const { tokens } = db.tables;
    const mine = and(eq(tokens.id, readId(id)), eq(tokens.userId, actor.userId));
    const [token] = await db
      .select()
      .from(tokens)
      .where(which === "live" ? and(mine, isNull(tokens.dateRevoked)) : mine);
    if (!token) throw notFound();
    return { token };
  },
});

/** The parameters that name one of the caller's own tokens. */
const OwnTokenParams = z.object({ token: z.string().describe("The token's id.") });

/** The same, with those that were revoked: for an operation that tells so. */
const atAnyOwnToken = ownTokenLocator("any");

/**
 * Puts a new token in the place of one of the caller's own, the one they call with included; it is answered this once. The old one works
 * for 24 hours more, or until its own earlier end. Throws 403 unless the caller is a person who may do as much as the token, 404 for a
 * token that is not theirs, and `conflict` for one that was revoked or has expired.
 */
export const rotateToken = mutation({
  scope: SCOPES,
  at: atAnyOwnToken,
  input: RotateTokenInput,
  run: async (on, input): Promise<RotatedTokenView> => {
    const { actor, at, context } = on;
    if (actor.kind !== "user") throw forbidden();
    const missing = at.token.scopes.filter((scope) => isScope(scope) && !actor.scopes.has(scope));
    if (missing.length > 0) {
      throw new AppError("forbidden", `You do not have what the token has: ${missing.join(", ")}. Sign in, or use a token that has it.`);
    }
    const token = generateUserToken(context);
    const { row, replaced } = await replaceToken(on, { old: at.token, owner: { userId: actor.userId } }, input, token);
    return { ...describeToken(row), token, replaced };
  },
});

/** An operation about one of the caller's own tokens. 403 unless the caller is a person, 404 for a token that is not theirs. */
const atOwnToken = ownTokenLocator("live");

/**
 * Revokes one of the caller's own tokens, also the one they call with, and all tokens created with it. Throws 404 if it is not theirs or
 * was revoked before.
 */
export const revokeToken = mutation({
  scope: SCOPES,
  at: atOwnToken,
  input: NoInput,
  run: (on) => revokeOneToken(on, on.at.token),
});
