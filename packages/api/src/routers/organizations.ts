import { getOrganizationSummary } from "@landfall/core/organizations/about-organization";
import { deleteOrganization } from "@landfall/core/organizations/delete-organization";
import { getOrganization } from "@landfall/core/organizations/get-organization";
import { listOrganizations } from "@landfall/core/organizations/list-organizations";
import { updateOrganization } from "@landfall/core/organizations/update-organization";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const organizationsRouter = router({
  list: queryOf(listOrganizations),
  get: queryOf(getOrganization),
  about: queryOf(getOrganizationSummary),
  update: mutationOf(updateOrganization),
  delete: mutationOf(deleteOrganization),
});
