import { NoInput } from "@landfall/schema/inputs/nothing";
import { SCOPES } from "@landfall/schema/scope";
import { mutation } from "../operation.ts";
import { atOwnToken } from "./at-own-token.ts";
import { revokeOneToken } from "./revoke-tokens.ts";

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
