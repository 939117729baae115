import type { Reader } from "@landfall/db/store";
import type { ListReleaseStatsInput } from "@landfall/schema/inputs/list-releases";
import { and, eq, exists, gte, inArray, lte, type SQL, sql } from "drizzle-orm";
import type { Access } from "../../access/organization-access.ts";
import { type ProjectReach, reachableProjects } from "../../access/project-reach.ts";
import { withinReach } from "../../access/within-reach.ts";
import { AppError, notFound } from "../../app-error.ts";
import { withoutIndex } from "../../board/not-by-index.ts";
import { findEnvironments } from "../../environments/find-environments.ts";
import { parseDateRange } from "../../search/date-filter.ts";
import { parseReleaseQuery } from "../../search/parse-release-query.ts";
import type { ReleaseQuery } from "../../search/release-query.ts";
import { isQueryError } from "../../search/search-error.ts";
import { singleEnvironmentMessage } from "../../search/stage-filter.ts";
import { latestReleases } from "./latest-releases.ts";
import { selectedProjects } from "./selected-projects.ts";
import { termCondition } from "./term-condition.ts";
import { textCandidates } from "./text-candidates.ts";

/** Which releases a list shows: of which projects, and what must be true of them (contract 15.1, 15.3). */
export type ReleaseFilter = {
  readonly selected: ProjectReach;
  /** Conditions on `releases`; the link to a selected project is not among them. */
  readonly where: SQL | undefined;
};

/** The filter a request asks for; null when no project is within the caller's reach. Throws as the contract's list does. */
export async function resolveReleaseFilter(db: Reader, access: Access, input: ListReleaseStatsInput, now: Date): Promise<ReleaseFilter | null> {
  const { organization } = access;
  const selected = await selectedProjects(db, access, input);
  if (!selected.all && selected.ids.size === 0) return null;
  const names = input.environment ?? [];
  const environments = await findEnvironments(db, organization.id, names, () => reachableProjects(db, access));
  if (environments === null) throw notFound();
  const range = parseOrThrowInvalid(() => parseDateRange(input, now));
  const terms = parseOrThrowInvalid(() => parseReleaseQuery(input.query ?? "", now));
  if (terms.some((term) => term.kind === "stage") && environments.length !== 1) throw new AppError("invalid", singleEnvironmentMessage);
  const { releases } = db.tables;
  const where = and(
    eq(releases.organizationId, organization.id),
    range ? and(gte(releases.dateCreated, range.from), lte(releases.dateCreated, range.to)) : undefined,
    environments.length > 0
      ? deployedTo(
          db,
          selected,
          environments.map(({ id }) => id),
        )
      : undefined,
    ...(await termConditions(db, organization.id, selected, terms)),
  );
  return { selected, where };
}

async function termConditions(db: Reader, organizationId: number, selected: ProjectReach, terms: ReleaseQuery): Promise<SQL[]> {
  const latestIds = terms.some((term) => term.kind === "latest") ? await latestReleases(db, organizationId, selected) : [];
  const candidates = await textCandidates(db, terms);
  return terms.map((term) => termCondition(db, term, { latestIds, candidates }));
}

function deployedTo(db: Reader, selected: ProjectReach, environmentIds: number[]): SQL {
  const { releases, releaseEnvironments } = db.tables;
  const { releaseId, projectId, environmentId } = releaseEnvironments;
  const records = db
    .select({ one: sql`1` })
    .from(releaseEnvironments)
    .where(and(eq(releaseId, releases.id), inArray(withoutIndex(environmentId), environmentIds), withinReach(projectId, selected)));
  return exists(records);
}

/** Runs a parser, telling what it refuses as the caller's mistake. */
function parseOrThrowInvalid<T>(parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    if (isQueryError(error)) throw new AppError("invalid", error.message, { cause: error });
    throw error;
  }
}
