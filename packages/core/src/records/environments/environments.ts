import { anyOf } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow } from "@landfall/db/tables/schema";
import type { EnvironmentView } from "@landfall/schema/organizations/projects";
import { and, eq } from "drizzle-orm";
import { environmentWithinReach, preparedWithinReach, type ProjectReach } from "../../access/project-reach.ts";

/**
 * Returns the organization's environments with these names; null if one of them does not exist or is used only by projects out of reach.
 * `reachOf` is called only if there are names.
 */
export async function findEnvironments(
  db: Reader,
  organizationId: number,
  names: readonly string[],
  reachOf: () => Promise<ProjectReach>,
): Promise<EnvironmentRow[] | null> {
  const wanted = new Set(names);
  if (wanted.size === 0) return [];
  const rows = await selectByName(db, await reachOf(), { organizationId, names: [...wanted] });
  return rows.length === wanted.size ? rows : null;
}

/** Returns the environment with this name, if it exists. */
export async function findEnvironment(db: Reader, organizationId: number, name: string): Promise<EnvironmentRow | undefined> {
  const [row] = await selectByName(db, { all: true }, { organizationId, names: [name] });
  return row;
}

const selectByName = preparedWithinReach((db, reach, param: { names: readonly string[]; organizationId: number }) => {
  const { environments } = db.tables;
  return db
    .select()
    .from(environments)
    .where(
      and(eq(environments.organizationId, param.organizationId), anyOf(environments.name, param.names), environmentWithinReach(db, reach)),
    )
    .prepare();
});

/** Returns an environment as the API returns it. */
export const describeEnvironment = ({ id, name }: EnvironmentRow, isHidden: boolean): EnvironmentView => ({
  id: String(id),
  name,
  isHidden,
});
