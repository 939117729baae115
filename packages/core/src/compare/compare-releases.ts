import { setImmediate } from "node:timers/promises";
import type { Reader } from "@landfall/db/store";
import { CompareReleasesInput } from "@landfall/schema/inputs/compare";
import { REL_READ } from "@landfall/schema/scope";
import type { ComparedSideView, ComparisonView } from "@landfall/schema/views/compare";
import { atOrganization } from "../access/at-organization.ts";
import { type ProjectReach, reachableProjects } from "../access/project-reach.ts";
import { compareAge } from "../board/compare-age.ts";
import { findDeploysWithRelease } from "../board/find-deploy-facts.ts";
import { findDistances } from "../board/find-distances.ts";
import { query } from "../operation.ts";
import { briefRelease } from "./brief-release.ts";
import { compareCommits, type Pair } from "./compare-commits.ts";
import { compareFiles } from "./compare-files.ts";
import { compareContributors } from "./compare-people.ts";
import { findReleaseDeploys, type ReleaseDeploys } from "./count-deploys.ts";
import { findReleasesBetween } from "./find-between.ts";
import { findSide, type Side } from "./find-side.ts";

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
