import type { OrganizationPage } from "../../../../page-data/organization-page.ts";
import { projectOption } from "./project-option.ts";

/** How many of each are offered. */
const OPTION_LIMIT = "100";

/** The projects and environments the list can be narrowed to. */
export async function readFilterOptions({ call, organization, role }: Pick<OrganizationPage, "call" | "organization" | "role">) {
  const [projects, environments] = await Promise.all([
    call.projects.list({ organization, per_page: OPTION_LIMIT }),
    call.environments.list({ organization, per_page: OPTION_LIMIT }),
  ]);
  const isForAll = role === "owner" || role === "manager";
  const others = !isForAll && projects.items.some(({ isMember }) => !isMember);
  return {
    projects: {
      options: [...(others ? [{ value: "-1", label: "All, not only those of my teams" }] : []), ...projects.items.map(projectOption)],
      isCut: projects.next?.hasResults ?? false,
    },
    environments: {
      options: environments.items.map(({ name }) => ({ value: name, label: name })),
      isCut: environments.next?.hasResults ?? false,
    },
  };
}
