import type { Scope } from "@landfall/schema/scope";

/** Inviting members, and seeing and taking back invitations. */
export const MEMBERS_INVITE = ["member:invite", "member:write", "member:admin"] as const satisfies readonly Scope[];
