import { failureOf } from "../../../../../page-data/failure.ts";
import type { OrganizationPage } from "../../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../../page-data/page-at.ts";

/** The projects to choose from, and the environments of the one named, or of the first; null for one that is not there. */
export async function readEnvironments(
  { call, organization }: Pick<OrganizationPage, "call" | "organization">,
  { project: named, cursor }: { readonly project: string | null; readonly cursor: string | null },
) {
  const projects = await call.projects.list({ organization });
  const project = named ?? projects.items[0]?.slug ?? null;
  if (project === null) return { projects, project, environments: null };
  try {
    const environments = await pageAt(cursor, (at) => call.environments.listInProject({ organization, project, visibility: "all", ...at }));
    return { projects, project, environments };
  } catch (error) {
    const { code } = failureOf(error);
    if (code !== "not_found" && code !== "forbidden") throw error;
    return { projects, project, environments: null };
  }
}
