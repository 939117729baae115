import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { GetContributorInput } from "@landfall/schema/inputs/people";
import { instant, instantOrNull } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import type { ContributorDetailsView } from "@landfall/schema/views/people";
import { and, eq, sql } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import type { Access } from "../access/organization-access.ts";
import { type ProjectReach, reachableProjects } from "../access/project-reach.ts";
import { notFound } from "../app-error.ts";
import { compareAge } from "../board/compare-age.ts";
import { findCommits } from "../commits/describe-commits.ts";
import { briefCommits } from "../compare/brief-commits.ts";
import { briefRelease } from "../compare/brief-release.ts";
import { findContainingReleases } from "../find/read-holders.ts";
import { query } from "../operation.ts";
import { describeMembers } from "../people/describe-members.ts";
import { authorsWithinReach } from "./authors-within-reach.ts";
import { findMemberDeploys } from "./deploys-of-member.ts";
import { findContributor } from "./find-person-by-address.ts";
import { describeContributor, type Contributor } from "./gather-people.ts";
import { findRecentCommits } from "./recent-commits.ts";
import { findReleasesOfCommits } from "./releases-of-commits.ts";

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
      member: userId !== undefined && canSeeMembers(access) ? await findMember(db, organizationId, userId, now) : null,
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

async function findMember(db: Reader, organizationId: number, userId: number, now: Date): Promise<ContributorDetailsView["member"]> {
  const [view] = await describeMembers(db, organizationId, await selectMember(db, { organizationId, userId }), now);
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
  const { holders } = await findContainingReleases(db, reach, ids);
  return briefs.map((brief, index) => {
    const held = (holders.get(rows[index]?.commit.id ?? 0) ?? []).toSorted((a, b) => compareAge(b.release, a.release));
    const releases = held.slice(0, RELEASES_LISTED).map(({ release: { version, dateCreated, dateReleased } }) => ({
      version,
      dateCreated: instant(dateCreated),
      dateReleased: instantOrNull(dateReleased),
    }));
    return { ...brief, releases, releaseCount: held.length };
  });
}

const selectMember = prepared((db: Reader) => {
  const { members, users } = db.tables;
  return db
    .select({ user: users, role: members.role, dateCreated: members.dateCreated })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(and(eq(members.organizationId, sql.placeholder("organizationId")), eq(members.userId, sql.placeholder("userId"))))
    .prepare();
});
