import type { OrganizationPage } from "#server/pages/page-context.ts";

/** A settings page: its name and URL segment; null for the first page. */
export type SettingsPage = { readonly name: string; readonly segment: string | null };

const PAGES: readonly SettingsPage[] = [
  { name: "Organization", segment: null },
  { name: "Projects", segment: "projects" },
  { name: "Repositories", segment: "repositories" },
  { name: "Environments", segment: "environments" },
  { name: "Tokens", segment: "tokens" },
  { name: "Members", segment: "members" },
  { name: "Teams", segment: "teams" },
  { name: "Storage", segment: "storage" },
  { name: "Audit", segment: "audit" },
  { name: "About", segment: "about" },
];

/** Returns the settings pages a viewer may read: all of them, but the audit log only for managers and owners. */
export const settingsPages = (can: OrganizationPage["can"]): readonly SettingsPage[] =>
  PAGES.filter(({ segment }) => segment !== "audit" || mayReadAudit(can));

/** Whether a viewer may read the audit log. */
export const mayReadAudit = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin");

/** Whether a viewer may change and merge repositories. The server rejects a merge by a viewer who cannot access every project. */
export const mayEditRepositories = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin", "org:integrations");

/** Whether a viewer may create teams and change their members. */
export const mayManageTeams = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin", "team:write", "team:admin");

/** Whether a viewer may change the projects of teams. */
export const mayAssignProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin");
