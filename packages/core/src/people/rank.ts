import { ROLES } from "@landfall/schema/scope";
import type { Access } from "../access/organization-access.ts";

/** How high a role stands; -1 for one that is unknown. */
export const roleRank = (role: string): number => ROLES.findIndex((one) => one === role);

/** How high a caller stands: the server itself above every role, a token of the organization below all of them. */
export function callerRank({ role, scopes, userId }: Access): number {
  if (role !== null) return roleRank(role);
  return userId === null && scopes.has("org:admin") ? ROLES.length : -1;
}
