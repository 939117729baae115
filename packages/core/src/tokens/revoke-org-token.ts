import { body } from "@landfall/schema/fields/body";
import { mutation } from "../operation.ts";
import { atOrgToken } from "./at-org-token.ts";
import { markRevoked } from "./mark-revoked.ts";

/** Ends a token of the organization at once. Throws 404 when it is unknown or was revoked before. */
export const revokeOrgToken = mutation({
  scope: ["org:write", "org:admin"],
  at: atOrgToken,
  input: body({}),
  run: (on) => markRevoked(on, on.at.token),
});
