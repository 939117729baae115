import { Nothing } from "@landfall/schema/inputs/nothing";
import { mutation } from "../operation.ts";
import { atOrgToken } from "./at-org-token.ts";
import { markRevoked } from "./mark-revoked.ts";

/** Ends a token of the organization at once. Throws 404 when it is unknown or was revoked before. */
export const revokeOrgToken = mutation({
  scope: ["org:write", "org:admin"],
  at: atOrgToken,
  input: Nothing,
  run: (on) => markRevoked(on, on.at.token),
});
