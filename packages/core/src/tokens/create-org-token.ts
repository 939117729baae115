import { CreateOrgTokenInput } from "@landfall/schema/inputs/token";
import { ORG_READ } from "@landfall/schema/scope";
import type { NewOrgTokenView } from "@landfall/schema/views/token";
import { atOrganization } from "../access/at-organization.ts";
import { AppError, forbidden } from "../app-error.ts";
import { mutation } from "../operation.ts";
import { describeOrgToken } from "./describe-token.ts";
import { futureDate } from "./future-date.ts";
import { generateOrgToken } from "./generate-token.ts";
import { mayGrant } from "./may-grant.ts";
import { storeToken } from "./store-token.ts";

const LONGEST_NAME = 255;

/**
 * Makes a token of the organization, for CI: it may report releases of every project (contract 16.1). The token is answered this once.
 * Throws `invalid` without a field for a blank or long name, and `forbidden` to callers who may not do as much themselves.
 */
export const createOrgToken = mutation({
  scope: ORG_READ,
  at: atOrganization,
  input: CreateOrgTokenInput,
  run: async (on, input): Promise<NewOrgTokenView> => {
    const { at, now, context } = on;
    if (!mayGrant(at.access)) throw forbidden();
    if (input.name === "") throw new AppError("invalid", "The name cannot be blank.");
    if ([...input.name].length > LONGEST_NAME) throw new AppError("invalid", `The name cannot be longer than ${LONGEST_NAME} characters.`);
    const { id: organizationId, slug } = at.access.organization;
    const token = generateOrgToken(context, slug, now);
    const dateExpires = futureDate("dateExpires", input.dateExpires, now);
    const row = await storeToken(on, { owner: { organizationId }, name: input.name, scopes: ["org:ci"], dateExpires }, token);
    return { ...describeOrgToken(row), token };
  },
});
