import { CreateOrgTokenInput } from "@landfall/schema/inputs/token";
import { ORG_READ } from "@landfall/schema/scope";
import type { NewOrgTokenView } from "@landfall/schema/views/token";
import { atOrganization } from "../access/at-organization.ts";
import { AppError } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { assertCanCreateOrgToken } from "./assert-can-create-org-token.ts";
import { describeOrgToken } from "./describe-token.ts";
import { futureDate } from "./future-date.ts";
import { generateOrgToken } from "./generate-token.ts";
import { storeToken } from "./store-token.ts";

const MAX_NAME_LENGTH = 255;

/**
 * Creates a token of the organization, for CI: it can report releases of every project (contract 16.1). It is returned once. One created
 * with a person's token ends with that. Throws `invalid` without a field for a blank or long name, and `forbidden` unless the caller is
 * a manager or owner, or the organization lets every member create tokens, and can do as much themselves.
 */
export const createOrgToken = mutation({
  scope: ORG_READ,
  at: atOrganization,
  input: CreateOrgTokenInput,
  run: async (on, input): Promise<NewOrgTokenView> => {
    const { at, now, context } = on;
    assertCanCreateOrgToken(at.access);
    if (input.name === "") throw new AppError("invalid", "The name cannot be blank.");
    if ([...input.name].length > MAX_NAME_LENGTH) throw new AppError("invalid", `The name cannot be longer than ${MAX_NAME_LENGTH} characters.`);
    const { id: organizationId, slug } = at.access.organization;
    const token = generateOrgToken(context, slug, now);
    const dateExpires = futureDate("dateExpires", input.dateExpires, now);
    const row = await storeToken(on, { owner: { organizationId }, name: input.name, scopes: ["org:ci"], dateExpires }, token);
    return { ...describeOrgToken(row), token };
  },
});
