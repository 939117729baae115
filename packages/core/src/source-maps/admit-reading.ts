import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../app-error.ts";

/**
 * Who may see a project's releases may see the lines of source around a call, as whoever is on call must; whole files stay with those who may
 * download them. Tokens that only report releases, such as CI's, read no source. Throws 403.
 */
export function assertCanReadSources(scopes: ReadonlySet<Scope>): void {
  if (!scopes.has("project:read")) throw new AppError("forbidden", "Reading sources needs the scope project:read.");
}
