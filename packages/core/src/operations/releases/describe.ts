import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { versionInfo } from "@landfall/domain/versions/version-info";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { ProjectMetaView, ProjectOfReleaseView, ReleaseView } from "@landfall/schema/releases/releases";
import { eq } from "drizzle-orm";
import { inLinkOrder, linkColumns, type ReleaseLink } from "../../access/find-release.ts";
import type { Access } from "../../access/organization-access.ts";
import { distinctAuthors, findAuthors } from "../../records/authors.ts";
import { describeCommits, findCommits } from "../../records/commits.ts";
import { findDeploys } from "../../records/deploys.ts";
import { releaseTexts } from "../../records/releases.ts";
import { describeUser, findUsers } from "../../records/users.ts";

export type DescribeOptions = {
  /** The access of the caller, which limits the result. */
  readonly access: Access;
  /** The links of the releases, if already read. */
  readonly links?: readonly ReleaseLink[] | undefined;
  /** Counts new issues of this project only. */
  readonly projectId?: number | undefined;
  /** Adds session figures to each project. */
  readonly health?: boolean;
  readonly adoptionStages?: boolean;
  readonly currentProjectMeta?: ProjectMetaView;
};

/** Returns releases in the wire format, in the given order (contract 12.1). The number of queries does not depend on their number. */
export async function describeReleases(db: Reader, rows: readonly ReleaseRow[], options: DescribeOptions): Promise<ReleaseView[]> {
  if (rows.length === 0) return [];
  const links = options.links ?? inLinkOrder(await selectLinks(db, { ids: rows.map((row) => row.id) }));
  const linksOf = Map.groupBy(links, (link) => link.releaseId);
  const owners = await findUsers(db, present(rows.map((row) => row.ownerId)));
  const authors = await findAuthors(db, options.access.organization.id, [...new Set(rows.flatMap((row) => row.authorIds))]);
  const found = await findCommits(db, present(rows.map((row) => row.lastCommitId)));
  const described = await describeCommits(db, options.access, found);
  const commits = new Map(found.map(({ commit }, index) => [commit.id, described[index]]));
  const deploys = await findDeploys(db, present(rows.map((row) => row.lastDeployId)));

  return rows.map((row) => {
    const rowLinks = linksOf.get(row.id) ?? [];
    const owner = row.ownerId === null ? undefined : owners.get(row.ownerId);
    return {
      id: row.id,
      version: row.version,
      shortVersion: row.version,
      versionInfo: versionInfo(row.version),
      status: row.isArchived ? "archived" : "open",
      ...releaseTexts(row),
      dateCreated: instant(row.dateCreated),
      dateReleased: instantOrNull(row.dateReleased),
      data: {},
      newGroups: countNewGroups(rowLinks, options.projectId),
      owner: owner ? describeUser(owner) : null,
      commitCount: row.commitCount,
      lastCommit: (row.lastCommitId === null ? null : commits.get(row.lastCommitId)) ?? null,
      deployCount: row.deployCount,
      lastDeploy: (row.lastDeployId === null ? null : deploys.get(row.lastDeployId)) ?? null,
      authors: distinctAuthors(row.authorIds, authors),
      projects: rowLinks.map((link) => describeProject(link, options.health ?? false)),
      firstEvent: null,
      lastEvent: null,
      currentProjectMeta: options.currentProjectMeta ?? {},
      userAgent: row.userAgent,
      ...(options.adoptionStages ? { adoptionStages: {} } : {}),
    };
  });
}

/** Returns one release in the form of the wire. */
export async function describeRelease(db: Reader, row: ReleaseRow, options: DescribeOptions): Promise<ReleaseView> {
  const [view] = await describeReleases(db, [row], options);
  if (!view) throw new Error("the release has no description");
  return view;
}

const describeProject = (link: ReleaseLink, health: boolean): ProjectOfReleaseView => ({
  ...describeLink(link),
  hasHealthData: false,
  ...(health ? { healthData: NO_HEALTH_DATA } : {}),
});

/** Returns a project of a release in the form of the wire, without session figures. */
export const describeLink = ({ projectId, slug, name, platform, newGroups }: ReleaseLink) => ({
  id: projectId,
  slug,
  name,
  newGroups,
  platform,
  platforms: platform === null ? [] : [platform],
});

const countNewGroups = (links: readonly ReleaseLink[], projectId: number | undefined): number =>
  links.reduce((sum, link) => (projectId === undefined || link.projectId === projectId ? sum + link.newGroups : sum), 0);

const present = (ids: readonly (number | null)[]): number[] => [...new Set(ids.filter((id) => id !== null))];

const selectLinks = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { projects, releaseProjects } = db.tables;
  return db
    .select(linkColumns(db))
    .from(releaseProjects)
    .innerJoin(projects, eq(projects.id, releaseProjects.projectId))
    .where(anyOf(releaseProjects.releaseId, param.ids))
    .prepare();
});

/** The session figures of a project without sessions (contract 12.2). */
const NO_HEALTH_DATA = {
  durationP50: null,
  durationP90: null,
  crashFreeUsers: null,
  crashFreeSessions: null,
  sessionsCrashed: 0,
  sessionsErrored: 0,
  totalUsers: null,
  totalUsers24h: null,
  totalProjectUsers24h: null,
  totalSessions: null,
  totalSessions24h: null,
  totalProjectSessions24h: null,
  adoption: null,
  sessionsAdoption: null,
  stats: {},
  hasHealthData: false,
} as const;
