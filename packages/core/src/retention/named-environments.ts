import type { EnvironmentRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { invalidField } from "../app-error.ts";
import { findEnvironment, findEnvironments } from "../environments/find-environments.ts";

/** The environments a rule names. Throws `invalid` for one nothing was deployed to: a slip of the pen would keep nothing. */
export async function namedEnvironments(db: Reader, organizationId: number, names: readonly string[]): Promise<EnvironmentRow[]> {
  const found = await findEnvironments(db, organizationId, names);
  if (found) return found;
  for (const name of names) {
    if (!(await findEnvironment(db, organizationId, name)))
      throw invalidField("environments", `Nothing was ever deployed to an environment called "${name}".`);
  }
  throw new Error("the environments of a rule were found one by one, and not together");
}
