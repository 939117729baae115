import { ORG_READ, type Scope } from "@landfall/schema/scope";

/** Seeing teams (contract 2, row 44). */
export const TEAMS_READ = [...ORG_READ, "team:read", "team:write", "team:admin"] as const satisfies readonly Scope[];

/** Making teams, and choosing who is in them (contract 2, row 45). */
export const TEAMS_WRITE = ["org:write", "org:admin", "team:write", "team:admin"] as const satisfies readonly Scope[];
