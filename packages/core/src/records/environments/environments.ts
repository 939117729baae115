import { anyOf } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { EnvironmentRow } from "@landfall/db/tables/schema";
import type { EnvironmentView } from "@landfall/schema/organizations/projects";
import { and, count, desc, eq, inArray } from "drizzle-orm";
import { environmentWithinReach, preparedWithinReach, type ProjectReach, withinReach } from "../../access/project-reach.ts";
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import { compareEnvironments, hasKnownPosition } from "./environment-order.ts";

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

/** An environment as a column of the board, and how many of the projects have been deployed to it. */
export type EnvironmentColumn = { readonly id: number; readonly name: string; readonly position: number; readonly projects: number };

export type EnvironmentColumns = { readonly columns: EnvironmentColumn[]; readonly leftOut: number };

const MAX_COLUMNS = 20;

/** Environments read to choose the columns from. An organization with more creates them by machine, for example one for each branch. */
const MAX_READ = 1000;

/**
 * Returns the environments that the projects were deployed to and do not hide, in the order of the organization. At most 20 are returned:
 * those that were ordered or are named after a stage first, then those with the most projects, then the newest. With `names`, returns the first 20 of these
 * environments in the given order, hidden or not.
 *
 * @throws 404 if none of the projects was deployed to an environment in `names`.
 */
export async function findEnvironmentColumns(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  names: readonly string[] = [],
): Promise<EnvironmentColumns> {
  if (names.length > 0) {
    const wanted = await findColumnsByName(db, organizationId, reach, names);
    return { columns: wanted.slice(0, MAX_COLUMNS), leftOut: Math.max(0, wanted.length - MAX_COLUMNS) };
  }
  const found = await readColumns(db, organizationId, reach, []);
  const shown = found.toSorted((a, b) => Number(hasKnownPosition(b.position)) - Number(hasKnownPosition(a.position))).slice(0, MAX_COLUMNS);
  return { columns: shown.toSorted(compareEnvironments), leftOut: found.length - shown.length };
}

/**
 * Returns the environments with these names, in this order, each once.
 *
 * @throws 404 if none of the projects was deployed to one of them.
 */
export async function findColumnsByName(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  names: readonly string[],
): Promise<EnvironmentColumn[]> {
  if (names.length === 0) return [];
  const found = await readColumns(db, organizationId, reach, names);
  const byName = new Map(found.map((column) => [column.name, column]));
  return [...new Set(names)].map((name) => {
    const column = byName.get(name);
    if (!column) throw notFound(`No project that you can access has been deployed to ${quoted(name)}.`);
    return column;
  });
}

function readColumns(db: Reader, organizationId: number, reach: ProjectReach, names: readonly string[]): Promise<EnvironmentColumn[]> {
  const { environments, environmentProjects } = db.tables;
  const condition = names.length > 0 ? inArray(environments.name, [...names]) : eq(environmentProjects.isHidden, false);
  const projects = count();
  return db
    .select({ id: environments.id, name: environments.name, position: environments.position, projects })
    .from(environments)
    .innerJoin(environmentProjects, eq(environmentProjects.environmentId, environments.id))
    .where(and(eq(environments.organizationId, organizationId), withinReach(environmentProjects.projectId, reach), condition))
    .groupBy(environments.id, environments.name, environments.position)
    .orderBy(desc(projects), desc(environments.id))
    .limit(MAX_READ);
}
