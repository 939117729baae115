import { RotateTokenInput } from "@landfall/schema/inputs/token";
import { instantOrNull } from "@landfall/schema/instant";
import type { RotatedOrgTokenView } from "@landfall/schema/views/token";
import { mutation } from "../operation.ts";
import { atAnyOrgToken } from "./at-org-token.ts";
import { assertCanCreateOrgToken } from "./assert-can-create-org-token.ts";
import { describeOrgToken } from "./describe-token.ts";
import { generateOrgToken } from "./generate-token.ts";
import { replaceToken } from "./replace-token.ts";

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
