import { setImmediate } from "node:timers/promises";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { hasContent } from "@landfall/domain/comparison/comparison-summary";
import type { ProjectBriefView } from "@landfall/schema/brief";
import {
  type ComparedSide,
  type ComparedSideView,
  CompareReleasesInput,
  type ComparisonView,
  type ContentDifferenceView,
} from "@landfall/schema/releases/compare";
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
import { describeDifference } from "./difference.ts";
import { compareHistories, findReleasesInOrder, packageOf } from "../../records/release-lines.ts";
import { compareReported } from "./reported.ts";

/** The default length of lists. */
const DEFAULT_LIMIT = 100;

/**
 * Compares what two releases contain, each given by its version or by an environment of a project where it is current. A release contains the
 * commits of all releases of its history: those before it of its package in a project of both (see `releaseHistory`). `added` and `missing`
 * have what only one of them contains; `reported` has the lists that were reported with the two releases alone. Lists are cut at `limit`,
 * totals are not.
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
    const limit = input.limit ?? DEFAULT_LIMIT;
    const organizationId = access.organization.id;
    const sides = await describeSides(db, reach, base, head);
    await setImmediate();
    const contents = await compareContents(db, base, head, { organizationId, limit });
    const reported = await compareReported(db, { organizationId, base: base.release, head: head.release, limit });
    return { ...sides, ...contents, reported };
  },
});

type Contents = Pick<ComparisonView, "relation" | "line" | "added" | "missing">;

type Lists = { readonly organizationId: number; readonly limit: number };

async function compareContents(db: Reader, base: Side, head: Side, { organizationId, limit }: Lists): Promise<Contents> {
  const project = commonProject(base, head);
  const name = packageOf(head.release);
  if (!project || packageOf(base.release) !== name) return { relation: "unrelated", line: null, added: null, missing: null };
  const histories = await compareHistories(db, { projectId: Number(project.id), base: base.release, head: head.release });
  await setImmediate();
  const { isCapped, lastCommonId } = histories;
  const shared = { organizationId, isCapped, limit };
  const added = await describeDifference(db, { ...shared, releases: histories.added, otherIds: histories.baseIds });
  const missing = await describeDifference(db, { ...shared, releases: histories.missing, otherIds: histories.headIds });
  const [lastCommon] = await findReleasesInOrder(db, lastCommonId === null ? [] : [lastCommonId]);
  return {
    relation: relationOf(added, missing),
    line: { project, package: name, lastCommon: lastCommon ? briefRelease(lastCommon) : null },
    added,
    missing,
  };
}

/** Returns the project of one of the environments if both have it, else the first project of both by slug. */
function commonProject(base: Side, head: Side): ProjectBriefView | undefined {
  const common = base.projects.filter(({ id }) => head.projects.some((other) => other.id === id));
  const places = [head.place, base.place].flatMap((place) => place?.project.id ?? []);
  return common.find(({ id }) => places.includes(id)) ?? common[0];
}

function relationOf(added: ContentDifferenceView, missing: ContentDifferenceView): ComparisonView["relation"] {
  if (hasContent(added)) return hasContent(missing) ? "parted" : "ahead";
  return hasContent(missing) ? "behind" : "same";
}

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
