import { containsText, versionsWithPart } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import type {
  BuildTerm,
  Comparison,
  CreatedTerm,
  QueryTerm,
  ReleaseQuery,
  ReleaseTerm,
  TextTerm,
  VersionTerm,
} from "@landfall/domain/query/release-query";
import { and, type Column, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";
import { semverKeyColumns, semverKeyValues } from "../../records/releases.ts";

/** The ids of the releases that some terms match, which are found by other queries. */
export type TermContext = {
  readonly latestIds: readonly number[];
  /** The releases that can contain a text, if they are few. */
  readonly candidates: ReadonlyMap<TextTerm, readonly number[]>;
};

/** Returns a term of a query as a condition on `releases` (contract 15.3). A negated term also matches releases that it does not apply to. */
export function termCondition(db: Reader, term: QueryTerm, context: TermContext): SQL {
  const condition = positiveCondition(db, term, context);
  return "negated" in term && term.negated ? sql`not coalesce(${condition}, false)` : condition;
}

function positiveCondition(db: Reader, term: QueryTerm, { latestIds, candidates }: TermContext): SQL {
  const { releases } = db.tables;
  switch (term.kind) {
    case "text":
      return and(idIn(db, candidates.get(term)), versionContains(db, term)) ?? sql`true`;
    case "release":
      return versionMatches(db, term.match);
    case "latest":
      return latestIds.length === 0 ? sql`false` : inArray(releases.id, [...latestIds]);
    case "version":
      return semverMatches(db, term);
    case "package":
      return inArray(releases.package, [...term.values]);
    case "build":
      return buildMatches(db, term.match);
    case "stage":
      // Stages depend on sessions, which are not received, so no release has one.
      return sql`false`;
    case "finalized":
      return term.value ? isNotNull(releases.dateReleased) : isNull(releases.dateReleased);
    case "created":
      return createdWithin(db, term);
  }
}

/** On SQLite, one bound value for any number of ids. */
function idIn({ dialect, tables: { releases } }: Reader, ids: readonly number[] | undefined): SQL | undefined {
  if (ids === undefined) return undefined;
  return dialect === "sqlite"
    ? sql`${releases.id} in (select value from json_each(${JSON.stringify(ids)}))`
    : inArray(releases.id, [...ids]);
}

function versionContains(db: Reader, { value, alsoContains }: TextTerm): SQL {
  const first = containsText(db.tables.releases.version, value);
  return alsoContains === null ? first : sql`(${first} or ${containsText(db.tables.releases.version, alsoContains)})`;
}

function versionMatches({ tables: { releases } }: Reader, match: ReleaseTerm["match"]): SQL {
  const { version } = releases;
  switch (match.form) {
    case "exact":
      return eq(version, match.value);
    case "in":
      return match.values.length === 0 ? sql`false` : inArray(version, [...match.values]);
    case "prefix":
      return startsWith(version, match.value);
    case "suffix":
      return sql`substr(${version}, length(${version}) - ${[...match.value].length - 1}) = ${match.value}`;
    case "infix":
      // Removing the part changes the version if it contains the part. Case-sensitive in both dialects.
      return match.value === "" ? sql`true` : sql`replace(${version}, ${match.value}, '') <> ${version}`;
  }
}

const OPERATORS: Record<Comparison, SQL> = { "=": sql`=`, ">": sql`>`, ">=": sql`>=`, "<": sql`<`, "<=": sql`<=` };

function semverMatches(db: Reader, { package: name, match }: VersionTerm): SQL {
  const { releases } = db.tables;
  const { major, minor, patch, revision } = releases;
  const inPackage = name === null ? undefined : eq(releases.package, name);
  if (match.form === "leading") {
    const parts = [major, minor, patch, revision];
    const equal = match.numbers.flatMap((number, index) => {
      const part = parts[index];
      return part ? [eq(part, number)] : [];
    });
    return and(isNotNull(major), inPackage, ...equal) ?? sql`true`;
  }
  const compares = sql`${semverKeyColumns(db)} ${OPERATORS[match.operator]} ${semverKeyValues(match.bound)}`;
  return and(isNotNull(major), inPackage, compares) ?? sql`true`;
}

/** Case-sensitive, and able to use an index. */
const startsWith = (column: Column, prefix: string): SQL => and(gte(column, prefix), lt(column, `${prefix}\u{10FFFF}`)) ?? sql`true`;

function buildMatches({ tables: { releases } }: Reader, match: BuildTerm["match"]): SQL {
  const { buildNumber, buildCode } = releases;
  if (match.form === "number") return sql`${buildNumber} ${OPERATORS[match.operator]} ${match.value}`;
  if (match.form === "exact") return eq(buildCode, match.value);
  return startsWith(buildCode, match.value);
}

function createdWithin({ tables: { releases } }: Reader, { from, to }: CreatedTerm): SQL {
  const { dateCreated } = releases;
  const after = from && (from.inclusive ? gte(dateCreated, from.at) : gt(dateCreated, from.at));
  const before = to && (to.inclusive ? lte(dateCreated, to.at) : lt(dateCreated, to.at));
  return and(after ?? undefined, before ?? undefined) ?? sql`true`;
}

/**
 * The maximum number of candidates. If more versions can contain a text, reading the list in its order finds enough of them quickly, so no
 * candidates are needed.
 */
const MAX_CANDIDATES = 2000;

/** Returns the ids of the releases that can contain the text of a term, for each text term with few of them. */
export async function textCandidates(db: Reader, terms: ReleaseQuery): Promise<ReadonlyMap<TextTerm, readonly number[]>> {
  const candidates = new Map<TextTerm, readonly number[]>();
  for (const term of terms) {
    if (term.kind !== "text") continue;
    const ids = await candidateIds(db, term);
    if (ids !== null) candidates.set(term, ids);
  }
  return candidates;
}

async function candidateIds(db: Reader, { value, alsoContains }: TextTerm): Promise<number[] | null> {
  const found: number[] = [];
  for (const part of alsoContains === null ? [value] : [value, alsoContains]) {
    const ids = await versionsWithPart(db, part, MAX_CANDIDATES + 1);
    if (ids === null || ids.length > MAX_CANDIDATES) return null;
    found.push(...ids);
  }
  return found;
}
