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
import { AppError, forbidden, invalidInput } from "../../kernel/app-error.ts";
import { offsetPage, offsetWindow } from "../../kernel/offset-page.ts";
import { atNothing, type Locator, mutation, query } from "../../kernel/operation.ts";
import { findToken, revokeOneToken, storeToken } from "../../records/accounts/tokens.ts";
import { describeToken, describeTokenDetails, selectTokenDetails } from "./describe.ts";
import { futureDate, replaceToken } from "./replace-token.ts";

/**
 * Creates a personal token and returns its text once. A token that is created with a token has no scope that one lacks, expires no later, and is
 * revoked with it. Throws 403 unless the caller is a user, and `invalid` at `scopes` for scopes that the caller does not have.
 */
export const createUserToken = mutation({
  scope: SCOPES,
  at: atNothing,
  input: CreateUserTokenInput,
  run: async (on, { name, scopes, dateExpires }): Promise<NewTokenView> => {
    const { actor, context, now } = on;
    if (actor.kind !== "user") throw notOfUser();
    const issues = scopes.flatMap((scope, index) =>
      actor.scopes.has(scope) ? [] : [{ path: ["scopes", index], message: `You do not have the scope "${scope}" yourself.` }],
    );
    if (issues.length > 0) throw invalidInput(issues);
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

const notOfUser = (): AppError => forbidden("This token does not belong to a user. Sign in, or use a personal token.");

/** Lists the caller's personal tokens that are not revoked, the newest first. Throws 403 unless the caller is a user. */
export const listTokens = query({
  scope: SCOPES,
  at: atNothing,
  input: ListTokensInput,
  run: async ({ db, actor, now }, input): Promise<Page<TokenDetailsView>> => {
    if (actor.kind !== "user") throw notOfUser();
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

const ownTokenLocator = (which: "unrevoked" | "any"): Locator<z.output<typeof OwnTokenParams>, { token: TokenRow }> => ({
  params: OwnTokenParams,
  async locate({ db, actor }, { token: id }) {
    if (actor.kind !== "user") throw notOfUser();
    return { token: await findToken(db, id, { userId: actor.userId }, which) };
  },
});

/** The parameters that name one of the caller's personal tokens. */
const OwnTokenParams = z.object({ token: z.string().describe("The token's id.") });

/** Includes revoked tokens, for which the operation has an error of its own. */
const atAnyOwnToken = ownTokenLocator("any");

/**
 * Replaces one of the caller's personal tokens, which may be the one they call with, by a new one, whose text it returns once. The old one works
 * for another 24 hours, or until it expires. Throws 403 unless the caller is a user with every scope of the token, 404 for a token that is not
 * theirs, and `conflict` for one that is revoked or expired.
 */
export const rotateToken = mutation({
  scope: SCOPES,
  at: atAnyOwnToken,
  input: RotateTokenInput,
  run: async (on, input): Promise<RotatedTokenView> => {
    const { actor, at, context } = on;
    if (actor.kind !== "user") throw notOfUser();
    const missing = at.token.scopes.filter((scope) => isScope(scope) && !actor.scopes.has(scope));
    if (missing.length > 0) {
      throw new AppError("forbidden", `You lack scopes of the token: ${missing.join(", ")}. Sign in, or use a token that has them.`);
    }
    const token = generateUserToken(context);
    const { row, replaced } = await replaceToken(on, { old: at.token, owner: { userId: actor.userId } }, input, token);
    return { ...describeToken(row), token, replaced };
  },
});

/** For operations on one of the caller's personal tokens. Throws 403 unless the caller is a user, and 404 for a token that is not theirs. */
const atOwnToken = ownTokenLocator("unrevoked");

/**
 * Revokes one of the caller's personal tokens, which may be the one they call with, and its children. Throws 404 if it is not theirs or already
 * revoked.
 */
export const revokeToken = mutation({
  scope: SCOPES,
  at: atOwnToken,
  input: NoInput,
  run: (on) => revokeOneToken(on, on.at.token),
});
