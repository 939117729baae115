import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { type ListFilters, filtersInput } from "./list-address.ts";
import type { HiddenCounts } from "./nothing-listed.tsx";

/** What an empty list leaves out. */
export async function readHiddenCounts(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  address: ListFilters,
): Promise<HiddenCounts> {
  const [archived, all] = await Promise.all([
    call.releases.count({ organization, ...filtersInput(address), status: "archived" }),
    call.releases.count({ organization, status: "" }),
  ]);
  const beyond = all.count > 0 ? all : await call.releases.count({ organization, project: ["-1"], status: "" });
  return { archived, all, beyond };
}
