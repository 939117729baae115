import type { Scope } from "@landfall/schema/scope";

/** Saying who is whom: for who may change members. */
export const CONTRIBUTORS_WRITE = ["member:write", "member:admin"] as const satisfies readonly Scope[];
