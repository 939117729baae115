import { CreateUserTokenInput } from "@landfall/schema/inputs/token";
import { SCOPES } from "@landfall/schema/scope";
import type { NewTokenView } from "@landfall/schema/views/token";
import { atNothing } from "../access/at-nothing.ts";
import { AppError, forbidden } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { describeToken } from "./describe-token.ts";
import { futureDate } from "./future-date.ts";
import { generateUserToken } from "./generate-token.ts";
import { storeToken } from "./store-token.ts";

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
