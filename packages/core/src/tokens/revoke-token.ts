import { Nothing } from "@landfall/schema/inputs/nothing";
import { SCOPES } from "@landfall/schema/scope";
import { mutation } from "../operation.ts";
import { atOwnToken } from "./at-own-token.ts";
import { markRevoked } from "./mark-revoked.ts";

/** Ends one of the caller's own tokens at once, the one they call with included. Throws 404 when it is not theirs or was revoked. */
export const revokeToken = mutation({
  scope: SCOPES,
  at: atOwnToken,
  input: Nothing,
  run: (on) => markRevoked(on, on.at.token),
});
