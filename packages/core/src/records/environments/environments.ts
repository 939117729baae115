import { anyOf } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow } from "@landfall/db/tables/schema";
import type { EnvironmentView } from "@landfall/schema/organizations/projects";
import { and, eq } from "drizzle-orm";
import { environmentWithinReach, preparedWithinReach, type ProjectReach } from "../../access/project-reach.ts";

/** The organization's environments of these names; null when one of them is unknown, or belongs only to projects out of reach. `reachOf` is called when there are names. */
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

/** The environment of this name, if there is one. */
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

/** An environment as the wire shows it. */
export const describeEnvironment = ({ id, name }: EnvironmentRow, isHidden: boolean): EnvironmentView => ({
  id: String(id),
  name,
  isHidden,
});
