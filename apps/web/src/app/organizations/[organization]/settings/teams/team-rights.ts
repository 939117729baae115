import type { OrganizationPage } from "../../../../../page-data/organization-page.ts";

/** Whether somebody may make teams and choose who is in them. */
export const mayManageTeams = (can: OrganizationPage["can"]): boolean => can("org:write", "org:admin", "team:write", "team:admin");

/** Whether somebody may choose the projects of a team. */
export const mayAssignProjects = (can: OrganizationPage["can"]): boolean => can("project:write", "project:admin");
