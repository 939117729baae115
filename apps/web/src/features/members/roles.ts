import { type Role, ROLES } from "@landfall/schema/scope";

/** What each role may do, in addition to the roles before it. */
export const ROLE_DESCRIPTIONS: Readonly<Record<Role, string>> = {
  member: "sees everything, and creates, changes and deletes releases",
  admin: "also manages projects, teams and repositories, and invites members",
  manager: "also manages members, tokens and the organization's settings, and reads the audit log",
  owner: "may do everything, including making other members owners",
};

const rank = (role: string | null): number => ROLES.findIndex((one) => one === role);

/** Returns the roles that a member may assign: their own and lower ones. */
export const rolesUpTo = (own: string | null): readonly Role[] => ROLES.slice(0, rank(own) + 1);

/** Whether a role is not higher than one's own. Members can change and remove only those whose role is not higher. */
export const isRoleWithin = (role: string, own: string | null): boolean => rank(role) <= rank(own);
