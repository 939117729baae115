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
import { notFound } from "../../kernel/app-error.ts";
import { SCAN_LIMIT } from "../../kernel/keyset-page.ts";
import { query } from "../../kernel/operation.ts";
import { authorsWithinReach } from "../../records/authors.ts";
import { briefCommits, briefRelease } from "../../records/briefs.ts";
import { findContainingReleases } from "../../records/commit-whereabouts.ts";
import { findCommits } from "../../records/commits.ts";
import { findDeploysWithRelease } from "../../records/deploys.ts";
import { describeMembers, findMember } from "../../records/members.ts";
import { compareAge } from "../../records/release-distance.ts";
import { type Contributor, describeContributor } from "../../records/contributors.ts";
import { findContributor } from "./find-contributor.ts";

const LISTED = 20;
const RELEASES_LISTED = 10;

/**
 * One person by any of their addresses: what they wrote and deployed last, as far as the caller reaches. Where membership is closed,
 * addresses are told as `listPeople` tells them. Throws 404 for an address that is nobody's, or of somebody who wrote nothing within
 * reach and is no member the caller may see. About 20 queries.
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
    if (!person) throw notFound();
    const recent = await findRecentCommits(
      db,
      reach,
      person.authors.map(({ id }) => id),
    );
    const userId = person.member?.user.id;
    return {
      ...describeContributor(person),
      member: userId !== undefined && canSeeMembers(access) ? await describeMember(db, organizationId, userId, now) : null,
      commits: await describeRecentCommits(db, organizationId, reach, recent.slice(0, LISTED)),
      releases: (await findReleasesOfCommits(db, reach, recent, LISTED)).map(briefRelease),
      deploys: userId === undefined ? [] : await findMemberDeploys(db, { organizationId, userId, reach, limit: LISTED }),
    };
  },
});

const canSeeMembers = ({ scopes }: Access): boolean => scopes.has("member:read");

/** As much of a person as may be told; undefined for nothing. */
function visibleContributor(person: Contributor, access: Access, told: ReadonlySet<number> | null): Contributor | undefined {
  if (told === null) return person;
  const authors = person.authors.filter(({ id }) => told.has(id));
  const isKnown = authors.length > 0 || (person.member !== undefined && canSeeMembers(access));
  const mains = new Set(authors.map(({ mergedInto }) => mergedInto));
  return isKnown ? { ...person, authors: person.authors.filter(({ id }) => told.has(id) || mains.has(id)) } : undefined;
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
  const place = new Map(ids.map((id, index) => [id, index]));
  const rows = (await findCommits(db, ids)).toSorted((a, b) => (place.get(a.commit.id) ?? 0) - (place.get(b.commit.id) ?? 0));
  const briefs = await briefCommits(db, organizationId, rows);
  const { byCommit } = await findContainingReleases(db, reach, ids);
  return briefs.map((brief, index) => {
    const held = (byCommit.get(rows[index]?.commit.id ?? 0) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
    const releases = held.slice(0, RELEASES_LISTED).map(({ release: { version, dateCreated, dateReleased } }) => ({
      version,
      dateCreated: instant(dateCreated),
      dateReleased: instantOrNull(dateReleased),
    }));
    return { ...brief, releases, releaseCount: held.length };
  });
}

/** How many commits are looked at of one address, and answered of one person. */
const RECENT = 2000;

/**
 * The ids of the last commits of authors, the newest first: those of each address's last 2,000 that are in releases within reach, and
 * no more than 2,000 together. One query.
 */
export async function findRecentCommits(db: Reader, reach: ProjectReach, authorIds: readonly number[]): Promise<number[]> {
  if (authorIds.length === 0) return [];
  const { commits, commitAuthors } = db.tables;
  const edge = sql`(select dated.date_created from ${commits} as dated where dated.author_id = ${commitAuthors.id}
    order by dated.date_created desc limit 1 offset ${RECENT - 1})`;
  const mine = db
    .select({ id: commitAuthors.id, edge: sql`coalesce(${edge}, ${sql.param(EARLIEST_DATE, commits.dateCreated)})`.as("edge") })
    .from(commitAuthors)
    .where(anyOf(commitAuthors.id, authorIds))
    // Without a limit, PostgreSQL would look for the edge again for every commit.
    .limit(authorIds.length)
    .as("mine");
  const rows = await db
    .select({ id: commits.id })
    .from(mine)
    .innerJoin(commits, and(eq(commits.authorId, mine.id), gte(commits.dateCreated, mine.edge)))
    .where(commitWithinReach(db, reach))
    .orderBy(desc(commits.dateCreated), desc(commits.id))
    .limit(RECENT);
  return rows.map(({ id }) => id);
}

/** Earlier than every date there is. */
const EARLIEST_DATE = new Date("0001-01-01T00:00:00Z");

/** The newest releases within reach that hold one of these commits, `limit` of them. One query. */
async function findReleasesOfCommits(db: Reader, reach: ProjectReach, commitIds: readonly number[], limit: number): Promise<ReleaseRow[]> {
  if (commitIds.length === 0) return [];
  const { releases, releaseCommits } = db.tables;
  const holders = db.select({ id: releaseCommits.releaseId }).from(releaseCommits).where(anyOf(releaseCommits.commitId, commitIds));
  return db
    .select()
    .from(releases)
    .where(and(inArray(releases.id, holders), reach.all ? undefined : releaseWithinReach(db, releases.id, reach)))
    .orderBy(desc(releases.dateEffective), desc(releases.id))
    .limit(limit);
}

type DeployQuery = { readonly organizationId: number; readonly userId: number; readonly reach: ProjectReach; readonly limit: number };

/** The last deploys a member made to environments of projects within reach, among the last 20,000 of the organization. Two queries. */
async function findMemberDeploys(
  db: Reader,
  { organizationId, userId, reach, limit }: DeployQuery,
): Promise<ContributorDetailsView["deploys"]> {
  const { deploys } = db.tables;
  const looked = db
    .select({ id: deploys.id, deployerId: deploys.deployerId })
    .from(deploys)
    .where(eq(deploys.organizationId, organizationId))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(SCAN_LIMIT)
    .as("looked");
  const rows = await db
    .select({ id: deploys.id })
    .from(looked)
    .innerJoin(deploys, eq(deploys.id, looked.id))
    .where(and(eq(looked.deployerId, userId), deployWithinReach(db, deploys, reach)))
    .orderBy(desc(deploys.dateFinished), desc(deploys.id))
    .limit(limit);
  const facts = await findDeploysWithRelease(
    db,
    rows.map(({ id }) => id),
  );
  return rows.flatMap(({ id }) => {
    const found = facts.get(id);
    return found ? [{ ...found.view, version: found.release.version }] : [];
  });
}
