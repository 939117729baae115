import * as z from "zod";
import type { Locator } from "../operation.ts";
import { type Access, openOrganization } from "./organization-access.ts";

/** The path parameter that names an organization: its slug, or its id in digits (contract 1.3). */
export const OrganizationParams = z.object({ organization: z.string().describe("The organization's slug or id.") });

/** An operation about an organization as a whole. */
export const atOrganization: Locator<z.output<typeof OrganizationParams>, { access: Access }> = {
  params: OrganizationParams,
  locate: async ({ db, actor, scope }, { organization }) => ({ access: await openOrganization(db, actor, organization, scope) }),
};
