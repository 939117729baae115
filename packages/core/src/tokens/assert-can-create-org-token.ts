import { REL_WRITE } from "@landfall/schema/scope";
import type { Access } from "../access/organization-access.ts";
import { forbidden } from "../app-error.ts";

const MANAGE_SCOPES = ["org:write", "org:admin"] as const;

/**
 * Throws `forbidden` unless the caller may create a token of the organization. Managers and owners may, and the server itself; every
 * member, as on Sentry, only if the organization is set so. Never a caller who can do less than the token: one that only reads, or
 * reaches only some projects.
 */
export function assertCanCreateOrgToken({ organization, reachesAllProjects, scopes }: Access): void {
  if (!reachesAllProjects || !REL_WRITE.some((scope) => scopes.has(scope))) throw forbidden();
  if (!organization.membersCreateTokens && !MANAGE_SCOPES.some((scope) => scopes.has(scope))) throw forbidden();
}
