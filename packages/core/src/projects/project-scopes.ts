import { ORG_READ, REL_READ, type Scope } from "@landfall/schema/scope";

/** Listing projects. Whoever may read releases sees their projects there anyway. */
export const PROJECTS_READ = [...ORG_READ, ...REL_READ] as const satisfies readonly Scope[];

/** Making projects (contract 11.5). */
export const PROJECT_CREATE = ["project:write", "project:admin", "org:write", "org:admin"] as const satisfies readonly Scope[];

/** Changing a project, and its release webhook (contract 2, row 32). */
export const PROJECT_WRITE = ["project:write", "project:admin"] as const satisfies readonly Scope[];
