import type { EnvironmentRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { ProjectReach } from "../access/project-reach.ts";
import { invalidField } from "../app-error.ts";
import { findEnvironments } from "../environments/find-environments.ts";

/** The environments a rule names. Throws `invalid` for one that no deploy within reach used, so that a typo cannot delete everything. */
export async function findRuleEnvironments(
  db: Reader,
  organizationId: number,
  names: readonly string[],
  reach: ProjectReach,
): Promise<EnvironmentRow[]> {
  const find = (wanted: readonly string[]) => findEnvironments(db, organizationId, wanted, () => Promise.resolve(reach));
  const found = await find(names);
  if (found) return found;
  for (const name of names) {
    if (!(await find([name]))) throw invalidField("environments", `Nothing was ever deployed to an environment called "${name}".`);
  }
  throw new Error("the environments of a rule were found one by one, and not together");
}
