import { REL_WRITE } from "@landfall/schema/scope";
import type { Access } from "../access/organization-access.ts";

/**
 * Whether somebody may make a token of the organization. Nobody may hand on more than they have: a token that only reads, or that
 * reaches some projects, must not make one that does more.
 */
export const mayGrant = ({ reachesAllProjects, scopes }: Access): boolean =>
  reachesAllProjects && REL_WRITE.some((scope) => scopes.has(scope));
