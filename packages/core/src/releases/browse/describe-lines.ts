import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { PersonBriefView } from "@landfall/schema/views/brief";
import type { ReleaseLineView } from "@landfall/schema/views/release-line";
import type { Access } from "../../access/organization-access.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { briefContributors } from "../../compare/brief-people.ts";
import { versionInfo } from "../../versions/version-info.ts";
import { versionScheme } from "../../versions/version-scheme.ts";
import { findEnvironmentsOf } from "./find-environments-of.ts";
import { findProjectsOf } from "./find-projects-of.ts";

/** How many people of a release are looked at, and how many of them are told. */
const PEOPLE_READ = 40;
const PEOPLE_SHOWN = 12;

/** Releases as lines, in the order given. Ten queries at most, whatever their number and that of their projects and deploys. */
export async function describeLines(db: Reader, access: Access, rows: readonly ReleaseRow[]): Promise<ReleaseLineView[]> {
  if (rows.length === 0) return [];
  const ids = rows.map((row) => row.id);
  const reach = await reachableProjects(db, access);
  const projects = await findProjectsOf(db, reach, ids);
  const environments = await findEnvironmentsOf(db, reach, ids);
  const authorIds = new Set(rows.flatMap((row) => row.authorIds.slice(0, PEOPLE_READ)));
  const authors = authorIds.size === 0 ? [] : await selectAuthors(db, { ids: JSON.stringify([...authorIds]) });
  const people = await briefContributors(db, access.organization.id, authors);
  return rows.map((row) => {
    const info = versionInfo(row.version);
    const mine = peopleOf(row, people);
    return {
      version: row.version,
      description: info?.description ?? row.version,
      package: info?.package ?? null,
      scheme: versionScheme(row.version),
      status: row.isArchived ? "archived" : "open",
      dateCreated: instant(row.dateCreated),
      dateReleased: instantOrNull(row.dateReleased),
      commitCount: row.commitCount,
      deployCount: row.deployCount,
      projects: projects.get(row.id)?.projects ?? [],
      projectCount: projects.get(row.id)?.count ?? 0,
      people: mine.slice(0, PEOPLE_SHOWN),
      peopleCount: mine.length + Math.max(0, row.authorIds.length - PEOPLE_READ),
      environments: environments.get(row.id) ?? [],
    };
  });
}

/** Each once, also who has several addresses; programs last. */
function peopleOf({ authorIds }: ReleaseRow, people: ReadonlyMap<number, PersonBriefView>): PersonBriefView[] {
  const known = authorIds.slice(0, PEOPLE_READ).flatMap((id) => people.get(id) ?? []);
  const each = [...new Map(known.toReversed().map((person) => [person.email, person])).values()].toReversed();
  return each.toSorted((a, b) => Number(a.isBot) - Number(b.isBot));
}

const selectAuthors = prepared((db: Reader) => {
  const { commitAuthors } = db.tables;
  return db.select().from(commitAuthors).where(anyOf(commitAuthors.id, "ids")).prepare();
});
