import { ORG_READ, type Scope } from "@landfall/schema/scope";

/** Seeing an organization. CI may see its own: some clients ask for it before every command (clients 2.2). */
export const ORGANIZATION_READ = [...ORG_READ, "org:ci"] as const satisfies readonly Scope[];

/** Changing an organization. */
export const ORGANIZATION_WRITE = ["org:write", "org:admin"] as const satisfies readonly Scope[];
