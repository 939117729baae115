import { setImmediate } from "node:timers/promises";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import type { ProjectBriefView } from "@landfall/schema/brief";
import { type ComparedSide, type ComparedSideView, CompareReleasesInput, type ComparisonView } from "@landfall/schema/releases/compare";
import { REL_READ } from "@landfall/schema/scope";
import { and, count, desc, eq } from "drizzle-orm";
import { findProject } from "../../access/at-project.ts";
import { findLinks, findRelease } from "../../access/find-release.ts";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import { deployWithinReach, type ProjectReach, reachableProjects, reaches } from "../../access/project-reach.ts";
import { AppError } from "../../kernel/app-error.ts";
import { query } from "../../kernel/operation.ts";
import { briefRelease } from "../../records/briefs.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { findEnvironment } from "../../records/environments/environments.ts";
import { findCurrentDeploys } from "../../records/environments/latest-deploys.ts";
import { compareAge, findDistances } from "../../records/release-distance.ts";
import { findReleasesBetween } from "./between.ts";
import { compareCommits, compareContributors, compareFiles, type Pair } from "./contents.ts";

const LISTED = 100;

/**
 * Two releases beside each other, each named by its version or by an environment of a project it is in: which commits, people and
 * files they have apart and in common, and where they were deployed. What a release has is what was reported with it: what came with
 * the releases between two of them is told by `distance` and `between`. Lists are cut at `limit`, totals are not. Throws `not_found` at the side
 * for what is unknown, out of reach, or empty.
 */
export const compareReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CompareReleasesInput,
  run: async ({ db, at: { access } }, input): Promise<ComparisonView> => {
    const reach = await reachableProjects(db, access);
    const base = await findSide(db, access, reach, { side: input.base, path: "base" });
    const head = await findSide(db, access, reach, { side: input.head, path: "head" });
    const pair = { organizationId: access.organization.id, baseId: base.release.id, headId: head.release.id, limit: input.limit ?? LISTED };
    // Each part can take a tenth of a second of SQLite; other requests run in between.
    const commits = await compareCommits(db, pair);
    await setImmediate();
    const people = await compareContributors(db, pair);
    await setImmediate();
    const files = await compareFiles(db, pair);
    await setImmediate();
    return {
      ...(await describeSides(db, reach, base, head)),
      sameCommits: commits.both.total > 0 && commits.onlyHead.total === 0 && commits.onlyBase.total === 0,
      ...(await describeDistance(db, base, head, pair)),
      commits,
      people,
      files,
    };
  },
});

async function describeSides(
  db: Reader,
  reach: ProjectReach,
  base: Side,
  head: Side,
): Promise<{ base: ComparedSideView; head: ComparedSideView }> {
  const [ofBase, ofHead] = [await findReleaseDeploys(db, base.release, reach), await findReleaseDeploys(db, head.release, reach)];
  const places = [base, head].flatMap(({ place }) => place?.deployId ?? []);
  const facts = await findDeploysWithRelease(db, [...ofBase.ids, ...ofHead.ids, ...places]);
  const viewOf = (id: number) => facts.get(id)?.view;
  const describe = ({ release, projects, place }: Side, { total, ids }: ReleaseDeploys): ComparedSideView => {
    const deploy = place ? viewOf(place.deployId) : undefined;
    return {
      release: briefRelease(release),
      projects: [...projects],
      place: place && deploy ? { project: place.project, deploy } : null,
      deploys: { total, items: ids.flatMap((id) => viewOf(id) ?? []) },
    };
  };
  return { base: describe(base, ofBase), head: describe(head, ofHead) };
}

/** How far apart the sides are in a project they share, and what came in between. */
async function describeDistance(
  db: Reader,
  base: Side,
  head: Side,
  { organizationId, limit }: Pair,
): Promise<Pick<ComparisonView, "distance" | "between">> {
  const project = base.projects.find(({ id }) => head.projects.some((other) => other.id === id));
  const age = compareAge(base.release, head.release);
  if (!project || age === 0) return { distance: null, between: null };
  const [older, newer] = age < 0 ? [base, head] : [head, base];
  const span = { projectId: Number(project.id), olderId: older.release.id, newerId: newer.release.id };
  const [distance] = (await findDistances(db, [span])).values();
  if (!distance) return { distance: null, between: null };
  return {
    distance: { project, newer: newer === head ? "head" : "base", ...distance },
    between: await findReleasesBetween(db, { ...span, organizationId, limit, releases: distance.releases }),
  };
}

/** A release to compare. */
type Side = {
  readonly release: ReleaseRow;
  /** Those of its projects that are within reach, by slug: at least one. */
  readonly projects: readonly ProjectBriefView[];
  /** Where it was found, when an environment was named. */
  readonly place: { readonly project: ProjectBriefView; readonly deployId: number } | null;
};

type SideRequest = { readonly side: ComparedSide; /** Where the caller wrote it. */ readonly path: "base" | "head" };

/** The release a side names. Throws `not_found` at the side for what is unknown, out of reach, or an environment without a deploy. */
async function findSide(db: Reader, access: Access, reach: ProjectReach, { side, path }: SideRequest): Promise<Side> {
  const found =
    typeof side === "string"
      ? await findReleaseByVersion(db, access, side)
      : await findDeployedRelease(db, access, reach, { ...side, path });
  const links = found.release ? (await findLinks(db, found.release.id)).filter((link) => reaches(reach, link.projectId)) : [];
  if (!found.release || links.length === 0) throw sideNotFound(path, "There is no release of this version that you may see.");
  const projects = links.map(({ projectId, slug, name }) => ({ id: String(projectId), slug, name }));
  return { release: found.release, projects: projects.toSorted((a, b) => (a.slug < b.slug ? -1 : 1)), place: found.place };
}

type FoundSide = { readonly release: ReleaseRow | undefined; readonly place: Side["place"] };

const findReleaseByVersion = async (db: Reader, access: Access, version: string): Promise<FoundSide> => ({
  release: await findRelease(db, access.organization.id, version),
  place: null,
});

type EnvironmentRequest = Exclude<ComparedSide, string> & Pick<SideRequest, "path">;

async function findDeployedRelease(
  db: Reader,
  access: Access,
  reach: ProjectReach,
  { path, ...named }: EnvironmentRequest,
): Promise<FoundSide> {
  const project = await findProject(db, access, named.project);
  if (!project || !reaches(reach, project.id)) throw sideNotFound(path, "There is no project of this name that you may see.");
  const environment = await findEnvironment(db, access.organization.id, named.environment);
  const places = environment ? [{ projectId: project.id, environmentId: environment.id }] : [];
  const [deploy] = (await findCurrentDeploys(db, places)).values();
  const facts = deploy && (await findDeploysWithRelease(db, [deploy.deployId])).get(deploy.deployId);
  if (!facts) throw sideNotFound(path, "Nothing of this project was ever deployed to an environment of this name.");
  const { id, slug, name } = project;
  return {
    release: facts.release,
    place: { project: { id: String(id), slug, name }, deployId: facts.deploy.id },
  };
}

const sideNotFound = (path: string, message: string): AppError =>
  new AppError("not_found", message, { issues: [{ path: [path], message }] });

/** How many deploys a release had, and the ids of the last ones. */
type ReleaseDeploys = { readonly total: number; readonly ids: readonly number[] };

const LISTED_DEPLOYS = 20;

/** The deploys of a release to environments of projects within reach, the last finished first. At most two queries. */
async function findReleaseDeploys(
  db: Reader,
  { id, deployCount }: Pick<ReleaseRow, "id" | "deployCount">,
  reach: ProjectReach,
): Promise<ReleaseDeploys> {
  if (deployCount === 0) return { total: 0, ids: [] };
  const { deploys } = db.tables;
  const where = and(eq(deploys.releaseId, id), deployWithinReach(db, deploys, reach));
  const rows = await db
    .select({ id: deploys.id })
    .from(deploys)
    .where(where)
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(LISTED_DEPLOYS);
  const ids = rows.map((row) => row.id);
  if (reach.all || ids.length < LISTED_DEPLOYS) return { total: reach.all ? deployCount : ids.length, ids };
  const [row] = await db.select({ total: count() }).from(deploys).where(where);
  return { total: row?.total ?? 0, ids };
}
