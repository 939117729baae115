import type { Reader } from "@landfall/db/store";
import { and, count, desc, eq, inArray } from "drizzle-orm";
import type { ProjectReach } from "../access/project-reach.ts";
import { withinReach } from "../access/within-reach.ts";
import { notFound } from "../app-error.ts";
import { isStage, orderEnvironments } from "./order-environments.ts";

/** An environment as a column, with how many of the projects were ever deployed to it. */
export type EnvironmentColumn = { readonly id: number; readonly name: string; readonly projects: number };

export type EnvironmentColumns = { readonly columns: EnvironmentColumn[]; readonly leftOut: number };

/** More columns than this nobody takes in; more environments than that are those of branches, made by machines. */
const MAX_COLUMNS = 20;
const MAX_READ = 1000;

/**
 * The environments these projects were deployed to and do not hide, from development to production: at most 20, those whose name says
 * a stage first, then those of most projects, then the newest. With `names`, the first 20 of those in that order, hidden or not; throws
 * 404 for one that is none of them.
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
  const shown = found.toSorted((a, b) => Number(isStage(b.name)) - Number(isStage(a.name))).slice(0, MAX_COLUMNS);
  return { columns: orderEnvironments(shown), leftOut: found.length - shown.length };
}

/** The environments of these names, in that order, each once. Throws 404 for one that none of these projects was deployed to. */
export async function findColumnsByName(db: Reader, organizationId: number, reach: ProjectReach, names: readonly string[]): Promise<EnvironmentColumn[]> {
  if (names.length === 0) return [];
  const found = await readColumns(db, organizationId, reach, names);
  const byName = new Map(found.map((column) => [column.name, column]));
  return [...new Set(names)].map((name) => {
    const column = byName.get(name);
    if (!column) throw notFound();
    return column;
  });
}

function readColumns(db: Reader, organizationId: number, reach: ProjectReach, names: readonly string[]): Promise<EnvironmentColumn[]> {
  const { environments, environmentProjects } = db.tables;
  const chosen = names.length > 0 ? inArray(environments.name, [...names]) : eq(environmentProjects.isHidden, false);
  const projects = count();
  return db
    .select({ id: environments.id, name: environments.name, projects })
    .from(environments)
    .innerJoin(environmentProjects, eq(environmentProjects.environmentId, environments.id))
    .where(and(eq(environments.organizationId, organizationId), withinReach(environmentProjects.projectId, reach), chosen))
    .groupBy(environments.id, environments.name)
    .orderBy(desc(projects), desc(environments.id))
    .limit(MAX_READ);
}
