import type { OrganizationPage } from "../../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../../page-data/page-at.ts";

/** Whether somebody may make projects. */
export const mayCreateProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin", "org:write", "org:admin");

/** A page of the projects, and the teams a new one may be given to. */
export async function readProjects(
  { call, organization, can }: Pick<OrganizationPage, "call" | "organization" | "can">,
  { query, cursor }: { readonly query: string | null; readonly cursor: string | null },
) {
  const [projects, teams] = await Promise.all([
    pageAt(cursor, (at) => call.projects.list({ organization, ...(query === null ? {} : { query }), ...at })),
    mayCreateProjects(can) ? call.teams.list({ organization }) : null,
  ]);
  return { projects, teams: teams?.items.filter(({ hasAccess }) => hasAccess) ?? [] };
}
