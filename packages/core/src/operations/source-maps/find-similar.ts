import { fileTypeNumbers } from "@landfall/artifacts/bundles/parse-manifest";
import { lastSegments, matchScripts, type ScriptMatch, type ScriptName } from "@landfall/artifacts/match-script";
import { pathSegments, withoutOneSlash } from "@landfall/artifacts/urls";
import { anyOf, endPattern } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, type Column, desc, eq, inArray, or, type SQL, sql } from "drizzle-orm";
import { bundleLinks, isLinkOfDist, unversionedBundles } from "../../records/artifacts/bundle-links.ts";
import { nameKey } from "../../records/artifacts/file-keys.ts";
import { fileColumns, type StackEvent, storableNames, storedFile } from "./find-files.ts";
import type { StoredFile } from "./stored-file.ts";

/** An uploaded script with all names that it has. */
type NamedScript = {
  readonly file: StoredFile;
  readonly names: readonly ScriptName[];
  readonly builtName: string | null;
  readonly dateUploaded: Date;
};

/** The uploaded scripts that match a URL equally well, those of the newest bundle first. */
export type SimilarScripts = {
  readonly matches: readonly ScriptMatch<NamedScript>[];
  /** Whether they were uploaded without a version, so that they may be of another one. */
  readonly isUnversioned: boolean;
};

/** Finds scripts by URLs that nothing was uploaded for. */
export type SimilarSearch = (url: string) => Promise<SimilarScripts>;

/**
 * Creates the search for scripts by the ends of their names: in the bundles of the event's release and dist, else in the project's bundles without
 * a version. Files with the same debug id are one script. Runs at most four statements for a URL, and two for all of them.
 */
export function createSimilarSearch(db: Reader, event: StackEvent): SimilarSearch {
  const { project, version, dist } = event;
  const of = { organizationId: project.organizationId, projectId: project.id };
  let versioned: Promise<readonly number[]> | undefined;
  let unversioned: Promise<readonly number[]> | undefined;
  return async (url) => {
    versioned ??= version === null || version === "" ? Promise.resolve([]) : selectVersioned(db, { ...of, version, dist }).then(idsOf);
    const matches = await findMatches(db, await versioned, url);
    if (matches.length > 0) return { matches, isUnversioned: false };
    unversioned ??= selectUnversioned(db, { projectId: project.id }).then(idsOf);
    const others = await findMatches(db, await unversioned, url);
    return { matches: others.filter(({ script }) => script.file.debugId !== null), isUnversioned: true };
  };
}

/** The most bundles of a release and dist that are searched, the newest ones. */
const MAX_BUNDLES = 100;

/** The most scripts that are read for a URL: those with the most segments in common with it, and of these the newest. */
const MAX_SCRIPTS = 50;

const idsOf = (rows: readonly { readonly bundleId: number }[]): number[] => rows.map(({ bundleId }) => bundleId);

async function findMatches(db: Reader, bundles: readonly number[], url: string): Promise<ScriptMatch<NamedScript>[]> {
  const last = storableNames(lastSegments(url));
  const [first, decoded = first] = last;
  if (bundles.length === 0 || first === undefined || decoded === undefined) return [];
  const segments = pathSegments(url).slice(0, -1);
  const patternOf = (count: number): string =>
    endPattern(`/${[...segments.slice(segments.length - count, segments.length), decoded].join("/")}`);
  const joined = storableNames([...withoutOneSlash(url).keys()]);
  const parameters = {
    bundles,
    first: endPattern(`/${first}`),
    one: patternOf(0),
    two: patternOf(Math.min(1, segments.length)),
    three: patternOf(Math.min(2, segments.length)),
    four: patternOf(Math.min(3, segments.length)),
  };
  const rows = [
    ...(await selectByName(db, { ...parameters, keys: [...new Set([...last, ...joined].map(nameKey))], joined })),
    ...(await selectByBuiltName(db, { ...parameters, keys: [...new Set(last.map(nameKey))] })),
  ];
  return matchScripts(url, distinct(rows.map(toNamedScript)));
}

type Row = Awaited<ReturnType<typeof selectByName>>[number];

function toNamedScript({ builtName, builtNameFrom, dateUploaded, ...row }: Row): NamedScript {
  const file = storedFile(row);
  const built: ScriptName[] = builtName === null ? [] : [{ name: builtName, from: builtNameFrom === "map" ? "map" : "reference" }];
  return { file, builtName, dateUploaded, names: [{ name: file.name, from: "path" }, ...built] };
}

/** Returns the scripts of the newest bundles first, each debug id once, and each name once if it has no debug id. */
function distinct(scripts: readonly NamedScript[]): NamedScript[] {
  const newestFirst = scripts
    .filter(({ file }) => file.kind === "script")
    .toSorted((a, b) => (b.file.bundle?.id ?? 0) - (a.file.bundle?.id ?? 0));
  const byId = new Map(newestFirst.toReversed().map((script) => [script.file.debugId ?? script.file.name, script]));
  return newestFirst.filter((script) => byId.get(script.file.debugId ?? script.file.name) === script);
}

const selectVersioned = prepared((db: Reader, param: { projectId: number; organizationId: number; version: string; dist: string }) => {
  const links = bundleLinks(db);
  return db
    .select({ bundleId: links.bundleId })
    .from(links)
    .where(isLinkOfDist(links, param))
    .orderBy(desc(links.bundleId))
    .limit(MAX_BUNDLES)
    .prepare();
});

const selectUnversioned = prepared((db: Reader, param: { projectId: number }) => {
  const unversioned = unversionedBundles(db, param.projectId);
  return db.select({ bundleId: unversioned.bundleId }).from(unversioned).orderBy(desc(unversioned.bundleId)).limit(MAX_BUNDLES).prepare();
});

const SCRIPT_TYPES = [fileTypeNumbers.unknown, fileTypeNumbers.minified_source, fileTypeNumbers.indexed_ram_bundle];

/** Patterns of names that end with the last segment, as in the URL and decoded, and with one to three segments more. */
type Patterns = {
  readonly first: string;
  readonly one: string;
  readonly two: string;
  readonly three: string;
  readonly four: string;
  readonly bundles: readonly number[];
  readonly keys: readonly string[];
};

/** The scripts in bundles whose `name` ends like a URL, or for which `other` is true. `key` is the indexed key of the name. */
function selectScripts(db: Reader, param: Patterns, by: { readonly key: Column; readonly name: SQL; readonly other?: SQL }) {
  const { artifactFiles, artifactBundles, blobs } = db.tables;
  const like = (pattern: string) => sql`'/' || ${by.name} like ${pattern} escape '\\'`;
  const shared = sql`case when ${like(param.four)} then 4 when ${like(param.three)} then 3 when ${like(param.two)} then 2 else 1 end`;
  return db
    .select({
      ...fileColumns(db),
      builtName: artifactFiles.builtName,
      builtNameFrom: artifactFiles.builtNameFrom,
      dateUploaded: artifactBundles.dateCreated,
    })
    .from(artifactFiles)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactFiles.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(
        // By the bundles' own ids: by those of the files, SQLite would read all files of a bundle rather than use the partial index.
        anyOf(artifactBundles.id, param.bundles),
        anyOf<Column>(by.key, param.keys),
        inArray(artifactFiles.type, SCRIPT_TYPES),
        or(like(param.first), like(param.one), by.other),
      ),
    )
    .orderBy(desc(shared), desc(artifactFiles.bundleId))
    .limit(MAX_SCRIPTS)
    .prepare();
}

const selectByName = prepared((db: Reader, param: Patterns & { joined: readonly string[] }) => {
  const { nameKey: key, url, path } = db.tables.artifactFiles;
  return selectScripts(db, param, { key, name: sql`coalesce(${url}, ${path})`, other: anyOf(url, param.joined) });
});

const selectByBuiltName = prepared((db: Reader, param: Patterns) => {
  const { builtNameKey: key, builtName } = db.tables.artifactFiles;
  return selectScripts(db, param, { key, name: sql`${builtName}` });
});
