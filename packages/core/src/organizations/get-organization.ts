import { NoInput } from "@landfall/schema/inputs/nothing";
import type { OrganizationDetailsView } from "@landfall/schema/views/organization";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { describeOrganizationDetails } from "./describe-organization.ts";
import { ORGANIZATION_READ } from "./organization-scopes.ts";

/** One organization, with what the caller may do in it (contract 11.2). */
export const getOrganization = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ at, context }): Promise<OrganizationDetailsView> => Promise.resolve(describeOrganizationDetails(at.access, context.origin)),
});
