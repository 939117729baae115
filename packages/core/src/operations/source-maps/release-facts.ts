import { fileTypeNumbers } from "@landfall/artifacts/bundles/parse-manifest";
import type { Dist, ReleaseFacts } from "@landfall/artifacts/explain/facts";
import { baseNameWithoutHash, urlCandidates, withoutOneSlash } from "@landfall/artifacts/urls";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, exists, inArray, isNotNull, sql } from "drizzle-orm";
import { bundleLinks, isUrlOfLink, unversionedBundles } from "../../records/artifacts/bundle-links.ts";
import { fileIdent, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import { type StackEvent, storableNames } from "./find-files.ts";

/** What was uploaded for a release, as far as it explains why a file was not found. */
export type ReleaseKnowledge = {
  /** Returns the facts about the release for a missing script with this URL; null for an event without a release. */
  factsFor(url: string | null): ReleaseFacts | null;
  /** Returns uploaded names that may be similar to a name. */
  namesLike(name: string): readonly string[];
};

/** What was not found: URLs of scripts, names of maps, and the bundles of their scripts. */
export type Missing = { readonly urls: readonly string[]; readonly maps: readonly string[]; readonly bundles: readonly number[] };

/** Loads the facts that explain misses. Runs at most nine statements, however many files are missing. */
export async function gatherReleaseFacts(db: Reader, event: StackEvent, { urls, maps, bundles }: Missing): Promise<ReleaseKnowledge> {
  const { project, version, dist } = event;
  const { organizationId, id: projectId } = project;
  const nameKeys = [...new Set([...urls.flatMap(nearNameKeys), ...maps.map(baseNameWithoutHash)])].map(textKey);
  if (version === null) {
    const names = await selectNamesIn(db, { bundles, nameKeys });
    const byBaseName = groupByBaseName(names.map(({ name }) => name));
    return { factsFor: () => null, namesLike: (name) => byBaseName.get(baseNameWithoutHash(name)) ?? [] };
  }
  const parameters = { organizationId, projectId, version };
  const [release] = await selectRelease(db, parameters);
  const uploaded = await selectDistsOf(db, parameters);
  const own = release === undefined ? [] : await selectOwnNames(db, { releaseId: release.id });
  const wanted = new Map(urls.map((url) => [url, storableNames([url, ...urlCandidates(url)])]));
  const keys = [...new Set([...wanted.values()].flat())].map(textKey);
  const bundledUrls = uploaded.length === 0 ? [] : await selectDistsWith(db, { projectId, keys, releases: uploaded.map(({ id }) => id) });
  const ofDist = uploaded.find((row) => row.dist === dist);
  const newest = ofDist === undefined ? [] : await selectBundlesOf(db, { projectId, artifactReleaseId: ofDist.id });
  const searched = [...new Set([...newest.map(({ bundleId }) => bundleId), ...bundles])];
  const bundled = searched.length === 0 ? [] : await selectNamesIn(db, { bundles: searched, nameKeys });
  const built = newest.length === 0 ? [] : await selectBuiltNamesIn(db, { bundles: newest.map(({ bundleId }) => bundleId), nameKeys });
  const scripts = newest.length === 0 ? [] : await selectScriptsIn(db, { bundles: newest.map(({ bundleId }) => bundleId) });
  const unversioned = await selectUnversionedNames(db, { projectId, nameKeys });

  const ownOfDist = own.filter((file) => file.dist === dist).map(({ name }) => name);
  const near = groupByBaseName([...[...bundled, ...built].map(({ name }) => name), ...ownOfDist]);
  const scriptNames = [...new Set([...scripts.map(({ name }) => name), ...ownOfDist.filter((name) => !name.endsWith(".map"))])];
  const nearUnversioned = groupByBaseName(unversioned.map(({ name }) => name));
  const dists = [...new Set([...uploaded, ...own].map((row) => row.dist))];
  const ownIdents = new Set(own.map((file) => fileIdent(file.name, file.dist)));
  const namesLike = (name: string) => near.get(baseNameWithoutHash(name)) ?? [];

  return {
    namesLike,
    factsFor(url) {
      const names = url === null ? [] : (wanted.get(url) ?? []);
      const urlKeys = new Set(names.map(textKey));
      const inBundles = bundledUrls.filter(({ urlKey }) => urlKeys.has(urlKey)).map((row) => row.dist);
      const inOwn = dists.filter((candidate) => names.some((name) => ownIdents.has(fileIdent(name, candidate))));
      return {
        version,
        dist: toDist(dist),
        isKnown: release !== undefined || uploaded.length > 0,
        dists: dists.map(toDist),
        distsWithFile: [...new Set([...inBundles, ...inOwn])].map(toDist),
        names: url === null ? [] : nearNameKeys(url).flatMap((key) => near.get(key) ?? []),
        scripts: { names: scriptNames.slice(0, MAX_LISTED), hasMore: scriptNames.length > MAX_LISTED },
        namesByDebugId: url === null ? [] : (nearUnversioned.get(baseNameWithoutHash(plainName(url))) ?? []),
      };
    },
  };
}

/** Whether there is a release with the event's version, or files were uploaded for the version. Runs at most two statements. */
export async function isReleaseKnown(db: Reader, { project: { organizationId, id: projectId }, version }: StackEvent): Promise<boolean> {
  if (version === null) return false;
  const parameters = { organizationId, projectId, version };
  return (await selectRelease(db, parameters)).length > 0 || (await selectDistsOf(db, parameters)).length > 0;
}

/** The name that tools upload: decoded and without a query. */
const plainName = (url: string): string => urlCandidates(url).at(-1) ?? url;

/** The base names that similar names have, including names that lack a slash of the URL. */
const nearNameKeys = (url: string): string[] => [...new Set([plainName(url), ...withoutOneSlash(url).keys()].map(baseNameWithoutHash))];

const toDist = (stored: string): Dist => (stored === "" ? null : stored);

function groupByBaseName(names: readonly string[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const key = baseNameWithoutHash(name);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [name]);
    else group.push(name);
  }
  return groups;
}

/** The most dists of a version that are returned. */
const MAX_DISTS = 50;

/** How many of the newest bundles are searched for similar names. */
const MAX_BUNDLES = 5;

const MAX_NAMES = 500;

/** How many scripts of a release are named where none is similar to the wanted one. */
const MAX_LISTED = 5;

/** The most of a release's own files that are read. No index has their base names, so these are the first ones by name. */
const MAX_OWN_NAMES = 5000;

/** The release with this version, if it is one of the project's. */
const selectRelease = prepared((db: Reader, param: { projectId: number; organizationId: number; version: string }) => {
  const { releases, releaseProjects } = db.tables;
  return db
    .select({ id: releases.id })
    .from(releases)
    .innerJoin(releaseProjects, and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, param.projectId)))
    .where(and(eq(releases.organizationId, param.organizationId), eq(releases.version, param.version)))
    .prepare();
});

/** The dists of a version that a project has bundles for. */
const selectDistsOf = prepared((db: Reader, param: { projectId: number; organizationId: number; version: string }) => {
  const { artifactReleases, artifactBundleReleases, artifactBundleProjects } = db.tables;
  const bundle = db
    .select({ one: sql`1` })
    .from(artifactBundleReleases)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId)),
    )
    .where(eq(artifactBundleReleases.artifactReleaseId, artifactReleases.id));
  return db
    .select({ id: artifactReleases.id, dist: artifactReleases.dist })
    .from(artifactReleases)
    .where(and(eq(artifactReleases.organizationId, param.organizationId), eq(artifactReleases.version, param.version), exists(bundle)))
    .orderBy(asc(artifactReleases.dist))
    .limit(MAX_DISTS)
    .prepare();
});

/** Which of the dists have which of the URLs. */
const selectDistsWith = prepared((db: Reader, param: { keys: readonly string[]; releases: readonly number[]; projectId: number }) => {
  const { artifactUrls } = db.tables;
  const links = bundleLinks(db);
  return db
    .selectDistinct({ dist: links.dist, urlKey: artifactUrls.urlKey })
    .from(links)
    .innerJoin(artifactUrls, isUrlOfLink(db, links))
    .where(
      and(eq(links.projectId, param.projectId), anyOf(links.artifactReleaseId, param.releases), anyOf(artifactUrls.urlKey, param.keys)),
    )
    .limit(MAX_NAMES)
    .prepare();
});

/** The project's newest bundles for a version and dist. */
const selectBundlesOf = prepared((db: Reader, param: { projectId: number; artifactReleaseId: number }) => {
  const { artifactBundleReleases, artifactBundleProjects } = db.tables;
  return db
    .select({ bundleId: artifactBundleReleases.bundleId })
    .from(artifactBundleReleases)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactBundleReleases.bundleId)),
    )
    .where(eq(artifactBundleReleases.artifactReleaseId, param.artifactReleaseId))
    .orderBy(desc(artifactBundleReleases.bundleId))
    .limit(MAX_BUNDLES)
    .prepare();
});

/** URLs in bundles whose base names are among `nameKeys`. */
const selectNamesIn = prepared((db: Reader, param: { bundles: readonly number[]; nameKeys: readonly string[] }) => {
  const { artifactFiles } = db.tables;
  return db
    .selectDistinct({ name: sql<string>`${artifactFiles.url}` })
    .from(artifactFiles)
    .where(and(anyOf(artifactFiles.bundleId, param.bundles), anyOf(artifactFiles.nameKey, param.nameKeys), isNotNull(artifactFiles.url)))
    .limit(MAX_NAMES)
    .prepare();
});

/** Names that scripts in bundles had in the build, whose base names are among `nameKeys`. */
const selectBuiltNamesIn = prepared((db: Reader, param: { bundles: readonly number[]; nameKeys: readonly string[] }) => {
  const { artifactBundles, artifactFiles } = db.tables;
  return db
    .selectDistinct({ name: sql<string>`${artifactFiles.builtName}` })
    .from(artifactBundles)
    .innerJoin(artifactFiles, and(eq(artifactFiles.bundleId, artifactBundles.id), anyOf(artifactFiles.builtNameKey, param.nameKeys)))
    .where(anyOf(artifactBundles.id, param.bundles))
    .limit(MAX_NAMES)
    .prepare();
});

/** The names of the first scripts in bundles. */
const selectScriptsIn = prepared((db: Reader, param: { bundles: readonly number[] }) => {
  const { id, bundleId, type, url, path, builtName } = db.tables.artifactFiles;
  return db
    .select({ name: sql<string>`coalesce(${builtName}, ${url}, ${path})` })
    .from(db.tables.artifactFiles)
    .where(and(anyOf(bundleId, param.bundles), inArray(type, [fileTypeNumbers.minified_source, fileTypeNumbers.indexed_ram_bundle])))
    .orderBy(desc(bundleId), asc(id))
    .limit(MAX_LISTED + 1)
    .prepare();
});

/** Names of files in the project's bundles without a version, which are found by debug id only. */
const selectUnversionedNames = prepared((db: Reader, param: { nameKeys: readonly string[]; projectId: number }) => {
  const { artifactFiles } = db.tables;
  const unversioned = unversionedBundles(db, param.projectId);
  return db
    .selectDistinct({ name: sql<string>`coalesce(${artifactFiles.url}, ${artifactFiles.path})` })
    .from(unversioned)
    .innerJoin(artifactFiles, and(eq(artifactFiles.bundleId, unversioned.bundleId), anyOf(artifactFiles.nameKey, param.nameKeys)))
    .where(isNotNull(artifactFiles.debugId))
    .limit(MAX_NAMES)
    .prepare();
});

/** The names of a release's own files with their dists. */
const selectOwnNames = prepared((db: Reader, param: { releaseId: number }) => {
  const { releaseFiles } = db.tables;
  return db
    .select({ name: releaseFiles.name, dist: releaseFiles.dist })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.releaseId, param.releaseId), isShownFile(db)))
    .orderBy(asc(releaseFiles.isMember), asc(releaseFiles.listDist), asc(releaseFiles.name))
    .limit(MAX_OWN_NAMES)
    .prepare();
});
