import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { ProjectBriefView } from "@landfall/schema/views/brief";
import { asc, desc, eq } from "drizzle-orm";
import { type ProjectReach, reaches } from "../access/project-reach.ts";
import { placeKey } from "../board/latest-deploys.ts";

/** A release that holds a commit, with those of its projects that are within reach. */
export type ContainingRelease = { readonly release: ReleaseRow; readonly projectIds: ReadonlySet<number> };

export type ContainingReleases = {
  /** By the commit's id. */
  readonly holders: ReadonlyMap<number, readonly ContainingRelease[]>;
  /** Every project of them, by id. */
  readonly projects: ReadonlyMap<number, ProjectBriefView>;
  /** When a release was last deployed to a place, by `<place>:<release id>`. */
  readonly deployed: ReadonlyMap<string, Date>;
};

/** For all commits together, the newest releases are looked at: so many pairs of a commit and a release. */
const MAX_COMMIT_RELEASES = 5000;

/** So many pairs of one of those releases and a project; and so many places they were deployed to. */
const MAX_RELEASE_LINKS = 20_000;

/** The releases that hold these commits, as far as a project of theirs is within reach, and where they were deployed. Three queries. */
export async function findContainingReleases(db: Reader, reach: ProjectReach, commitIds: readonly number[]): Promise<ContainingReleases> {
  const held = commitIds.length === 0 ? [] : await selectReleasesOfCommits(db, { ids: JSON.stringify(commitIds) });
  const ids = JSON.stringify([...new Set(held.map((row) => row.releaseId))]);
  const linked = (held.length === 0 ? [] : await selectLinkedProjects(db, { ids })).filter(({ project }) => reaches(reach, project.id));
  const releases = new Map<number, { release: ReleaseRow; projectIds: Set<number> }>();
  for (const { release, project } of linked) {
    const holder = releases.get(release.id) ?? { release, projectIds: new Set() };
    releases.set(release.id, { ...holder, projectIds: holder.projectIds.add(project.id) });
  }
  const deploys = releases.size === 0 ? [] : await selectDeployed(db, { ids });
  return {
    holders: new Map(
      [...Map.groupBy(held, (row) => row.commitId)].map(([id, rows]) => [
        id,
        rows.flatMap(({ releaseId }) => releases.get(releaseId) ?? []),
      ]),
    ),
    projects: new Map(linked.map(({ project: { id, slug, name } }) => [id, { id: String(id), slug, name }])),
    deployed: new Map(deploys.map(({ releaseId, dateFinished, ...place }) => [`${placeKey(place)}:${releaseId}`, dateFinished])),
  };
}

const selectReleasesOfCommits = prepared((db: Reader) => {
  const { commitId, releaseId } = db.tables.releaseCommits;
  return db
    .select({ commitId, releaseId })
    .from(db.tables.releaseCommits)
    .where(anyOf(commitId, "ids"))
    .orderBy(desc(releaseId))
    .limit(MAX_COMMIT_RELEASES)
    .prepare();
});

const selectLinkedProjects = prepared((db: Reader) => {
  const { releases, releaseProjects, projects } = db.tables;
  return db
    .select({ release: releases, project: { id: projects.id, slug: projects.slug, name: projects.name } })
    .from(releaseProjects)
    .innerJoin(releases, eq(releases.id, releaseProjects.releaseId))
    .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
    .where(anyOf(releaseProjects.releaseId, "ids"))
    .orderBy(desc(releaseProjects.releaseId), asc(projects.slug))
    .limit(MAX_RELEASE_LINKS)
    .prepare();
});

const selectDeployed = prepared((db: Reader) => {
  const { releaseEnvironments, deploys } = db.tables;
  const { releaseId, projectId, environmentId } = releaseEnvironments;
  return db
    .select({ releaseId, projectId, environmentId, dateFinished: deploys.dateFinished })
    .from(releaseEnvironments)
    .innerJoin(deploys, eq(deploys.id, releaseEnvironments.lastDeployId))
    .where(anyOf(releaseId, "ids"))
    .orderBy(desc(releaseId))
    .limit(MAX_RELEASE_LINKS)
    .prepare();
});
