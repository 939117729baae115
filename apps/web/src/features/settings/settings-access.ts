import type { OrganizationPage } from "#server/pages/page-context.ts";

/** A page of the settings: its name and the last part of its address; null for the first page. */
export type SettingsPage = { readonly name: string; readonly segment: string | null };

const PAGES: readonly SettingsPage[] = [
  { name: "Organization", segment: null },
  { name: "Projects", segment: "projects" },
  { name: "Environments", segment: "environments" },
  { name: "Tokens", segment: "tokens" },
  { name: "Members", segment: "members" },
  { name: "Teams", segment: "teams" },
  { name: "Storage", segment: "storage" },
  { name: "Audit", segment: "audit" },
  { name: "About", segment: "about" },
];

/** The pages of the settings that somebody may read: every member all of them, but the audit log. */
export const settingsPages = (can: OrganizationPage["can"]): readonly SettingsPage[] =>
  PAGES.filter(({ segment }) => segment !== "audit" || mayReadAudit(can));

/** Whether somebody may read the audit log. */
export const mayReadAudit = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin");

/** Whether somebody may make teams and choose who is in them. */
export const mayManageTeams = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin", "team:write", "team:admin");

/** Whether somebody may choose the projects of a team. */
export const mayAssignProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin");
