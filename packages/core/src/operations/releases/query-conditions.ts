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
import { and, eq, gt, gte, inArray, isNotNull, isNull, lt, lte, type SQL, sql } from "drizzle-orm";

/** A term that needs the list's projects to be understood is given as the ids it stands for. */
export type TermContext = {
  readonly latestIds: readonly number[];
  /** Where few releases can contain a text: which. */
  readonly candidates: ReadonlyMap<TextTerm, readonly number[]>;
};

/** One term of a search as a condition on `releases` (contract 15.3). A negated term also lets through what it does not apply to. */
export function termCondition(db: Reader, term: QueryTerm, context: TermContext): SQL {
  const condition = plainCondition(db, term, context);
  return "negated" in term && term.negated ? sql`not coalesce(${condition}, false)` : condition;
}

function plainCondition(db: Reader, term: QueryTerm, { latestIds, candidates }: TermContext): SQL {
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
      // Adoption is told by sessions, and there are none: no release is in any stage.
      return sql`false`;
    case "finalized":
      return term.value ? isNotNull(releases.dateReleased) : isNull(releases.dateReleased);
    case "created":
      return createdWithin(db, term);
  }
}

/** One bound value however many ids there are. */
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
      return sql`(${version} >= ${match.value} and ${version} < ${`${match.value}\u{10FFFF}`})`;
    case "suffix":
      return sql`substr(${version}, length(${version}) - ${[...match.value].length - 1}) = ${match.value}`;
    case "infix":
      // Taking the part out changes the version only where it stands: the same in both dialects, and it minds the case.
      return match.value === "" ? sql`true` : sql`replace(${version}, ${match.value}, '') <> ${version}`;
  }
}

const OPERATORS: Record<Comparison, SQL> = { "=": sql`=`, ">": sql`>`, ">=": sql`>=`, "<": sql`<`, "<=": sql`<=` };

function semverMatches({ tables: { releases } }: Reader, { package: name, match }: VersionTerm): SQL {
  const { major, minor, patch, revision, isFinal, prerelease } = releases;
  const inPackage = name === null ? undefined : eq(releases.package, name);
  if (match.form === "leading") {
    const parts = [major, minor, patch, revision];
    const equal = match.numbers.flatMap((number, index) => {
      const part = parts[index];
      return part ? [eq(part, number)] : [];
    });
    return and(isNotNull(major), inPackage, ...equal) ?? sql`true`;
  }
  const key = sql`(${major}, ${minor}, ${patch}, ${revision}, ${isFinal}, ${prerelease})`;
  const limit = sql`(${sql.join(
    match.bound.map((part) => sql`${part}`),
    sql`, `,
  )})`;
  return and(isNotNull(major), inPackage, sql`${key} ${OPERATORS[match.operator]} ${limit}`) ?? sql`true`;
}

function buildMatches({ tables: { releases } }: Reader, match: BuildTerm["match"]): SQL {
  const { buildNumber, buildCode } = releases;
  if (match.form === "number") return sql`${buildNumber} ${OPERATORS[match.operator]} ${match.value}`;
  if (match.form === "exact") return eq(buildCode, match.value);
  return and(gte(buildCode, match.value), lt(buildCode, `${match.value}\u{10FFFF}`)) ?? sql`true`;
}

function createdWithin({ tables: { releases } }: Reader, { from, to }: CreatedTerm): SQL {
  const { dateCreated } = releases;
  const after = from && (from.inclusive ? gte(dateCreated, from.at) : gt(dateCreated, from.at));
  const before = to && (to.inclusive ? lte(dateCreated, to.at) : lt(dateCreated, to.at));
  return and(after ?? undefined, before ?? undefined) ?? sql`true`;
}

/**
 * Up to so many candidates are looked at one by one. A text that more versions contain is met soon enough walking the list in its
 * order, and then no candidates are needed.
 */
const RARE = 2000;

/** For each text of a search that few versions contain, the ids of the releases that may. */
export async function textCandidates(db: Reader, terms: ReleaseQuery): Promise<ReadonlyMap<TextTerm, readonly number[]>> {
  const candidates = new Map<TextTerm, readonly number[]>();
  for (const term of terms) {
    if (term.kind !== "text") continue;
    const ids = await rareIds(db, term);
    if (ids !== null) candidates.set(term, ids);
  }
  return candidates;
}

async function rareIds(db: Reader, { value, alsoContains }: TextTerm): Promise<number[] | null> {
  const found: number[] = [];
  for (const part of alsoContains === null ? [value] : [value, alsoContains]) {
    const ids = await versionsWithPart(db, part, RARE + 1);
    if (ids === null || ids.length > RARE) return null;
    found.push(...ids);
  }
  return found;
}
