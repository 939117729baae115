import { RotateTokenInput } from "@landfall/schema/inputs/token";
import { isScope, SCOPES } from "@landfall/schema/scope";
import type { RotatedTokenView } from "@landfall/schema/views/token";
import { AppError, forbidden } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { atAnyOwnToken } from "./at-own-token.ts";
import { describeToken } from "./describe-token.ts";
import { generateUserToken } from "./generate-token.ts";
import { replaceToken } from "./replace-token.ts";

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
