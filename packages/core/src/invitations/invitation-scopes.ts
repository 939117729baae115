import type { Scope } from "@landfall/schema/scope";

/** Inviting members, and seeing and taking back invitations. */
export const INVITE = ["member:invite", "member:write", "member:admin"] as const satisfies readonly Scope[];
