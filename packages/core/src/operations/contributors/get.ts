import { anyOf } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type { ReleaseRow } from "@landfall/db/tables/schema";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { type ContributorDetailsView, GetContributorInput } from "@landfall/schema/organizations/contributors";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq, gte, inArray, sql } from "drizzle-orm";
import { type Access, atOrganization } from "../../access/organization-access.ts";
import {
  commitWithinReach,
  deployWithinReach,
  type ProjectReach,
  reachableProjects,
  releaseWithinReach,
} from "../../access/project-reach.ts";
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import { SCAN_LIMIT } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { authorsWithinReach } from "../../records/authors.ts";
import { briefCommits, briefRelease } from "../../records/briefs.ts";
import { findContainingReleases } from "../../records/commit-whereabouts.ts";
import { findCommits } from "../../records/commits.ts";
import { findDeploysWithRelease, newestDeploys } from "../../records/deploys.ts";
import { describeMembers, findMember } from "../../records/accounts/members.ts";
import { compareAge } from "../../records/release-lines.ts";
import { type Contributor, describeContributor } from "../../records/contributors.ts";
import { countDates, describeWeeks, lastWeeks } from "../../records/weekly-counts.ts";
import { findContributor } from "./find-contributor.ts";

/** Commits, releases, and deploys that are returned. */
const LISTED = 20;

/** Releases that are returned with each commit. */
const RELEASES_PER_COMMIT = 10;

/** Weeks in which commits and deploys are counted. */
const WEEKS = 26;

/**
 * Returns a contributor by any of their email addresses, with their last commits, releases, and deploys within the caller's reach. With
 * closed membership, only the addresses that `listContributors` returns are included. About 20 queries.
 *
 * @throws 404 if no contributor has the address, or if they wrote no commits within reach and are not a member that the caller may see.
 */
export const getContributor = query({
  scope: REL_READ,
  at: atOrganization,
  input: GetContributorInput,
  run: async ({ db, now, at: { access } }, { email }): Promise<ContributorDetailsView> => {
    const organizationId = access.organization.id;
    const reach = await reachableProjects(db, access);
    const found = await findContributor(db, organizationId, email);
    const person = found && visibleContributor(found, access, await authorsWithinReach(db, reach));
    if (!person)
      throw notFound(`No contributor ${quoted(email)} in ${access.organization.slug}, or you do not have access to their projects.`);
    const recent = await findRecentCommits(
      db,
      reach,
      person.authors.map(({ id }) => id),
    );
    const commitIds = recent.map(({ id }) => id);
    const userId = person.member?.user.id;
    const deploys = userId === undefined ? [] : await findMemberDeploys(db, { organizationId, userId, reach, limit: RECENT });
    const span = lastWeeks(now, WEEKS);
    return {
      ...describeContributor(person),
      member: userId !== undefined && canSeeMembers(access) ? await describeMember(db, organizationId, userId, now) : null,
      commits: await describeRecentCommits(db, organizationId, reach, commitIds.slice(0, LISTED)),
      releases: (await findReleasesOfCommits(db, reach, commitIds, LISTED)).map(briefRelease),
      deploys: await describeDeploys(db, deploys.slice(0, LISTED)),
      weeks: describeWeeks(span, {
        commits: countDates(
          recent.map(({ dateCreated }) => dateCreated),
          span,
          RECENT,
        ),
        deploys: countDates(
          deploys.map(({ dateFinished }) => dateFinished),
          span,
          RECENT,
        ),
      }),
    };
  },
});

const canSeeMembers = ({ scopes }: Access): boolean => scopes.has("member:read");

/** The contributor with the addresses that the caller may see; undefined if the caller may see none of them. */
function visibleContributor(person: Contributor, access: Access, visible: ReadonlySet<number> | null): Contributor | undefined {
  if (visible === null) return person;
  const authors = person.authors.filter(({ id }) => visible.has(id));
  const isKnown = authors.length > 0 || (person.member !== undefined && canSeeMembers(access));
  const mains = new Set(authors.map(({ mergedInto }) => mergedInto));
  return isKnown ? { ...person, authors: person.authors.filter(({ id }) => visible.has(id) || mains.has(id)) } : undefined;
}

async function describeMember(db: Reader, organizationId: number, userId: number, now: Date): Promise<ContributorDetailsView["member"]> {
  const member = await findMember(db, organizationId, userId);
  if (!member) return null;
  const [view] = await describeMembers(db, organizationId, [member], now);
  return view ? { id: view.id, name: view.name, role: view.role, teams: view.teams } : null;
}

async function describeRecentCommits(
  db: Reader,
  organizationId: number,
  reach: ProjectReach,
  ids: readonly number[],
): Promise<ContributorDetailsView["commits"]> {
  const order = new Map(ids.map((id, index) => [id, index]));
  const rows = (await findCommits(db, ids)).toSorted((a, b) => (order.get(a.commit.id) ?? 0) - (order.get(b.commit.id) ?? 0));
  const briefs = await briefCommits(db, organizationId, rows);
  const { byCommit } = await findContainingReleases(db, reach, ids);
  return briefs.map((brief, index) => {
    const containing = (byCommit.get(rows[index]?.commit.id ?? 0) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
    const releases = containing.slice(0, RELEASES_PER_COMMIT).map(({ release: { version, dateCreated, dateReleased } }) => ({
      version,
      dateCreated: instant(dateCreated),
      dateReleased: instantOrNull(dateReleased),
    }));
    return { ...brief, releases, releaseCount: containing.length };
  });
}

/** The newest commits of each address that are read, the commits that are returned, and the deploys that are counted. */
const RECENT = 2000;

type DatedCommit = { readonly id: number; readonly dateCreated: Date };

/**
 * Returns the newest commits of authors, newest first: of the last 2,000 commits of each address, those within reach, and at
 * most 2,000 in all. At most one query.
 */
export async function findRecentCommits(db: Reader, reach: ProjectReach, authorIds: readonly number[]): Promise<DatedCommit[]> {
  if (authorIds.length === 0) return [];
  const { commits, commitAuthors } = db.tables;
  const edge = sql`(select dated.date_created from ${commits} as dated where dated.author_id = ${commitAuthors.id}
    order by dated.date_created desc limit 1 offset ${RECENT - 1})`;
  const ofAuthors = db
    .select({ id: commitAuthors.id, edge: sql`coalesce(${edge}, ${sql.param(EARLIEST_DATE, commits.dateCreated)})`.as("edge") })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, authorIds))
    // Without a limit, PostgreSQL would compute the edge again for every commit.
    .limit(authorIds.length)
    .as("of_authors");
  return db
    .select({ id: commits.id, dateCreated: commits.dateCreated })
    .from(ofAuthors)
    .innerJoin(commits, and(eq(commits.authorId, ofAuthors.id), gte(commits.dateCreated, ofAuthors.edge)))
    .where(commitWithinReach(db, reach))
    .orderBy(desc(commits.dateCreated), desc(commits.id))
    .limit(RECENT);
}

/** Earlier than every stored date. */
const EARLIEST_DATE = new Date("0001-01-01T00:00:00Z");

/** Returns the newest releases within reach that contain one of these commits, `limit` at most. At most one query. */
async function findReleasesOfCommits(db: Reader, reach: ProjectReach, commitIds: readonly number[], limit: number): Promise<ReleaseRow[]> {
  if (commitIds.length === 0) return [];
  const { releases, releaseCommits } = db.tables;
  const containing = db.select({ id: releaseCommits.releaseId }).from(releaseCommits).where(anyOf(releaseCommits.commitId, commitIds));
  return db
    .select()
    .from(releases)
    .where(and(inArray(releases.id, containing), reach.all ? undefined : releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateEffective), desc(releases.id))
    .limit(limit);
}

type DeployQuery = { readonly organizationId: number; readonly userId: number; readonly reach: ProjectReach; readonly limit: number };

type DatedDeploy = { readonly id: number; readonly dateFinished: Date };

/** Returns the last deploys of a member for projects within reach, of the last 20,000 deploys of the organization. One query. */
async function findMemberDeploys(db: Reader, { organizationId, userId, reach, limit }: DeployQuery): Promise<DatedDeploy[]> {
  const { deploys } = db.tables;
  const newest = newestDeploys(db, eq(deploys.organizationId, organizationId), SCAN_LIMIT);
  return db
    .select({ id: deploys.id, dateFinished: deploys.dateFinished })
    .from(newest)
    .innerJoin(deploys, eq(deploys.id, newest.id))
    .where(and(eq(newest.deployerId, userId), deployWithinReach(db, deploys, reach)))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(limit);
}

/** Describes deploys with the versions of their releases. At most one query. */
async function describeDeploys(db: Reader, rows: readonly DatedDeploy[]): Promise<ContributorDetailsView["deploys"]> {
  const found = await findDeploysWithRelease(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => {
    const deploy = found.get(id);
    return deploy ? { ...deploy.view, version: deploy.release.version } : [];
  });
}
