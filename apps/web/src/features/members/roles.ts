import { type Role, ROLES } from "@landfall/schema/scope";

/** What each role may do, in words; every one may also do what those before it may. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  member: "sees everything, and creates, changes and deletes releases",
  admin: "also manages projects, teams and repositories, and invites people",
  manager: "also manages members, tokens and the organization's settings, and reads the audit log",
  owner: "may do everything, and make other people owners",
};

const rank = (role: string | null): number => ROLES.findIndex((one) => one === role);

/** The roles somebody may give: none above their own. */
export const rolesUpTo = (own: string | null): readonly Role[] => ROLES.slice(0, rank(own) + 1);

/** Whether somebody's role is not above one's own: those above are changed by nobody below them. */
export const isRoleWithin = (role: string, own: string | null): boolean => rank(role) <= rank(own);
