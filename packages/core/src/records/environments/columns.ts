import type { Reader } from "@landfall/db/store";
import { and, count, desc, eq, inArray } from "drizzle-orm";
import { type ProjectReach, withinReach } from "../../access/project-reach.ts";
import { notFound } from "../../kernel/app-error.ts";

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

/** What environments are called, in the order changes go through them. The first that fits counts. */
const STAGES: readonly RegExp[] = [
  /^(?:local|dev|devel|development|sandbox)$/,
  /^(?:ci|test|tests|testing|qa|int|integration|preview|review|pr|mr|nightly)$/,
  /^(?:staging|stage|stg|uat|acceptance|acc|preprod|preproduction|pre|demo|rc|beta)$/,
  /^(?:canary|pilot)$/,
  /^(?:prod|production|live)$/,
];

/** What has a name of its own comes after all stages but production. */
const UNKNOWN = STAGES.length - 1.5;

/** Where an environment stands between development (0) and production, told by its name. */
function stageOf(name: string): number | null {
  const words = name
    .toLowerCase()
    .replace("pre-prod", "preprod")
    .split(/[^a-z]+/);
  const stages = words.flatMap((word) => {
    const stage = STAGES.findIndex((words) => words.test(word));
    return stage < 0 ? [] : [stage];
  });
  return stages.at(0) ?? null;
}

/** Whether the name says at which stage the environment is: "staging", "prod-eu". */
export const isStage = (name: string): boolean => stageOf(name) !== null;

/** Environments from development to production, as far as their names tell; by name among equals. */
export function orderEnvironments<T extends { readonly name: string }>(environments: readonly T[]): T[] {
  const rank = ({ name }: T) => stageOf(name) ?? UNKNOWN;
  return environments.toSorted((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
