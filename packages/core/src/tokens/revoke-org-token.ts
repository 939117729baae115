import { NoInput } from "@landfall/schema/inputs/nothing";
import { mutation } from "../operation.ts";
import { atOrgToken } from "./at-org-token.ts";
import { revokeOneToken } from "./revoke-tokens.ts";

/** Revokes a token of the organization, and those created with it. Throws 404 if it is unknown or was revoked before. */
export const revokeOrgToken = mutation({
  scope: ["org:write", "org:admin"],
  at: atOrgToken,
  input: NoInput,
  run: (on) => revokeOneToken(on, on.at.token),
});
