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
import { briefLinkedProjects, briefProject, briefRelease } from "../../records/briefs.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { findEnvironment } from "../../records/environments/environments.ts";
import { findCurrentDeploys } from "../../records/environments/latest-deploys.ts";
import { compareAge, findDistances } from "../../records/release-distance.ts";
import { findReleasesBetween } from "./between.ts";
import { compareCommits, compareContributors, compareFiles, type Pair } from "./contents.ts";

/** The default length of lists. */
const DEFAULT_LIMIT = 100;

/**
 * Compares two releases, each given by its version or by an environment of a project where it is current: the commits, contributors, and files
 * of one or both, and where they were deployed. The content of a release is what was reported with it; `distance` and `between` have the
 * content of the releases between the two. Lists are cut at `limit`, totals are not.
 *
 * @throws `not_found` at the side that is unknown, out of reach, or an environment without a deploy
 */
export const compareReleases = query({
  scope: REL_READ,
  at: atOrganization,
  input: CompareReleasesInput,
  run: async ({ db, at: { access } }, input): Promise<ComparisonView> => {
    const reach = await reachableProjects(db, access);
    const base = await findSide(db, access, reach, { side: input.base, path: "base" });
    const head = await findSide(db, access, reach, { side: input.head, path: "head" });
    const pair = {
      organizationId: access.organization.id,
      baseId: base.release.id,
      headId: head.release.id,
      limit: input.limit ?? DEFAULT_LIMIT,
    };
    // Each part can take a tenth of a second in SQLite, so other requests are let in between.
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

/** Returns the distance of the sides in a project they share, and the content of the releases between them. */
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
  /** Its projects within reach, by slug; at least one. */
  readonly projects: readonly ProjectBriefView[];
  /** The environment and project that it was given by. */
  readonly place: { readonly project: ProjectBriefView; readonly deployId: number } | null;
};

type SideRequest = { readonly side: ComparedSide; /** The parameter of the request. */ readonly path: "base" | "head" };

/** Returns the release of a side. Throws `not_found` at the side if it is unknown, out of reach, or an environment without a deploy. */
async function findSide(db: Reader, access: Access, reach: ProjectReach, { side, path }: SideRequest): Promise<Side> {
  const found =
    typeof side === "string"
      ? await findReleaseByVersion(db, access, side)
      : await findDeployedRelease(db, access, reach, { ...side, path });
  const links = found.release ? (await findLinks(db, found.release.id)).filter((link) => reaches(reach, link.projectId)) : [];
  if (!found.release || links.length === 0) throw sideNotFound(path, "No release has this version, or you do not have access to it.");
  const projects = briefLinkedProjects(links);
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
  { path, ...request }: EnvironmentRequest,
): Promise<FoundSide> {
  const project = await findProject(db, access, request.project);
  if (!project || !reaches(reach, project.id)) throw sideNotFound(path, "No project has this slug, or you do not have access to it.");
  const environment = await findEnvironment(db, access.organization.id, request.environment);
  const places = environment ? [{ projectId: project.id, environmentId: environment.id }] : [];
  const [deploy] = (await findCurrentDeploys(db, places)).values();
  const facts = deploy && (await findDeploysWithRelease(db, [deploy.deployId])).get(deploy.deployId);
  if (!facts) throw sideNotFound(path, "This project has not been deployed to this environment.");
  return {
    release: facts.release,
    place: { project: briefProject(project), deployId: facts.deploy.id },
  };
}

const sideNotFound = (path: string, message: string): AppError =>
  new AppError("not_found", message, { issues: [{ path: [path], message }] });

/** The number of deploys of a release, and the ids of the last ones. */
type ReleaseDeploys = { readonly total: number; readonly ids: readonly number[] };

const MAX_DEPLOYS = 20;

/** Returns the deploys of a release for projects within reach, last finished first. At most two queries. */
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
    .limit(MAX_DEPLOYS);
  const ids = rows.map((row) => row.id);
  if (reach.all || ids.length < MAX_DEPLOYS) return { total: reach.all ? deployCount : ids.length, ids };
  const [row] = await db.select({ total: count() }).from(deploys).where(where);
  return { total: row?.total ?? 0, ids };
}
