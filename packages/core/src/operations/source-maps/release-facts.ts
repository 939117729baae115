import type { Dist, ReleaseFacts } from "@landfall/artifacts/explain/facts";
import { baseNameWithoutHash, urlCandidates, withoutOneSlash } from "@landfall/artifacts/urls";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, asc, desc, eq, exists, isNotNull, notExists, sql } from "drizzle-orm";
import { fileIdent, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownFile } from "../../records/artifacts/release-files.ts";
import { type StackEvent, storableNames } from "./find-files.ts";

/** What was uploaded for a release, as far as it explains why something was not found. */
export type ReleaseKnowledge = {
  /** What is known of the release where a file with this address was looked for; null for an event that names no release. */
  factsFor(url: string | null): ReleaseFacts | null;
  /** Names that were uploaded and might be near to one. */
  namesLike(name: string): readonly string[];
};

/** What was looked for and not found: addresses of scripts and names of maps, and the bundles their scripts are in. */
export type Missing = { readonly urls: readonly string[]; readonly maps: readonly string[]; readonly bundles: readonly number[] };

/** Gathers what explains misses, in at most seven statements however many there are. */
export async function gatherReleaseFacts(db: Reader, event: StackEvent, { urls, maps, bundles }: Missing): Promise<ReleaseKnowledge> {
  const { project, version, dist } = event;
  const { organizationId, id: projectId } = project;
  const nameKeys = [...new Set([...urls.flatMap(nearNameKeys), ...maps.map(baseNameWithoutHash)])].map(textKey);
  if (version === null) {
    const names = await selectNamesIn(db, { bundles, nameKeys });
    const byKin = groupByBaseName(names.map(({ name }) => name));
    return { factsFor: () => null, namesLike: (name) => byKin.get(baseNameWithoutHash(name)) ?? [] };
  }
  const on = { organizationId, projectId, version };
  const [release] = await selectRelease(db, on);
  const uploaded = await selectDistsOf(db, on);
  const own = release === undefined ? [] : await selectOwnNames(db, { releaseId: release.id });
  const wanted = new Map(urls.map((url) => [url, storableNames([url, ...urlCandidates(url)])]));
  const keys = [...new Set([...wanted.values()].flat())].map(textKey);
  const having = uploaded.length === 0 ? [] : await selectDistsWith(db, { projectId, keys, releases: uploaded.map(({ id }) => id) });
  const here = uploaded.find((one) => one.dist === dist);
  const newest = here === undefined ? [] : await selectBundlesOf(db, { projectId, artifactReleaseId: here.id });
  const among = [...new Set([...newest.map(({ bundleId }) => bundleId), ...bundles])];
  const bundled = among.length === 0 ? [] : await selectNamesIn(db, { bundles: among, nameKeys });
  const unversioned = await selectUnversionedNames(db, { projectId, nameKeys });

  const ownHere = own.filter((file) => file.dist === dist).map(({ name }) => name);
  const near = groupByBaseName([...bundled.map(({ name }) => name), ...ownHere]);
  const nearUnversioned = groupByBaseName(unversioned.map(({ name }) => name));
  const dists = [...new Set([...uploaded, ...own].map((one) => one.dist))];
  const ownIdents = new Set(own.map(({ name, dist: its }) => fileIdent(name, its)));
  const namesLike = (name: string) => near.get(baseNameWithoutHash(name)) ?? [];

  return {
    namesLike,
    factsFor(url) {
      const names = url === null ? [] : (wanted.get(url) ?? []);
      const urlKeys = new Set(names.map(textKey));
      const inBundles = having.filter(({ urlKey }) => urlKeys.has(urlKey)).map((row) => row.dist);
      const inOwn = dists.filter((its) => names.some((name) => ownIdents.has(fileIdent(name, its))));
      return {
        version,
        dist: toDist(dist),
        isKnown: release !== undefined || uploaded.length > 0,
        dists: dists.map(toDist),
        distsWithFile: [...new Set([...inBundles, ...inOwn])].map(toDist),
        names: url === null ? [] : nearNameKeys(url).flatMap((kin) => near.get(kin) ?? []),
        namesByDebugId: url === null ? [] : (nearUnversioned.get(baseNameWithoutHash(plainName(url))) ?? []),
      };
    },
  };
}

/** Whether there is a release of the event's version, or files were uploaded for one. Two statements. */
export async function isReleaseKnown(db: Reader, { project: { organizationId, id: projectId }, version }: StackEvent): Promise<boolean> {
  if (version === null) return false;
  const on = { organizationId, projectId, version };
  return (await selectRelease(db, on)).length > 0 || (await selectDistsOf(db, on)).length > 0;
}

/** Names are uploaded decoded and without a query. */
const plainName = (url: string): string => urlCandidates(url).at(-1) ?? url;

/** What names that are near to an address have in common with it, or with one that lacks a slash of its. */
const nearNameKeys = (url: string): string[] => [...new Set([plainName(url), ...withoutOneSlash(url).keys()].map(baseNameWithoutHash))];

const toDist = (stored: string): Dist => (stored === "" ? null : stored);

function groupByBaseName(names: readonly string[]): ReadonlyMap<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const name of new Set(names)) {
    const kin = baseNameWithoutHash(name);
    const group = groups.get(kin);
    if (group === undefined) groups.set(kin, [name]);
    else group.push(name);
  }
  return groups;
}

/** A version is uploaded for a few dists; more are not told. */
const MAX_DISTS = 50;

/** Names are compared with those in this many of the newest bundles. */
const MAX_BUNDLES = 5;

/** Of the newest bundles this many are asked whether they are for any release. */
const MAX_UNVERSIONED = 200;

const MAX_NAMES = 500;

/** Of a release's own files, which no index knows by their last part, the first by name. */
const MAX_OWN_NAMES = 5000;

/** The release of this version, where it is one of the project's. */
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

/** Which of the dists have which of the addresses. */
const selectDistsWith = prepared((db: Reader, param: { keys: readonly string[]; releases: readonly number[]; projectId: number }) => {
  const { artifactReleases, artifactBundleReleases, artifactUrls, artifactBundleProjects } = db.tables;
  return db
    .selectDistinct({ dist: artifactReleases.dist, urlKey: artifactUrls.urlKey })
    .from(artifactReleases)
    .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, param.keys)))
    .innerJoin(
      artifactBundleReleases,
      and(
        eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
        eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
      ),
    )
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
    )
    .where(anyOf(artifactReleases.id, param.releases))
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

/** Addresses in bundles that have something in common with those wanted. */
const selectNamesIn = prepared((db: Reader, param: { bundles: readonly number[]; nameKeys: readonly string[] }) => {
  const { artifactFiles } = db.tables;
  return db
    .selectDistinct({ name: sql<string>`${artifactFiles.url}` })
    .from(artifactFiles)
    .where(and(anyOf(artifactFiles.bundleId, param.bundles), anyOf(artifactFiles.nameKey, param.nameKeys), isNotNull(artifactFiles.url)))
    .limit(MAX_NAMES)
    .prepare();
});

/** Names of files in the project's bundles that are for no release at all, and so found by debug id alone. */
const selectUnversionedNames = prepared((db: Reader, param: { nameKeys: readonly string[]; projectId: number }) => {
  const { artifactFiles, artifactBundleProjects, artifactBundleReleases } = db.tables;
  const newest = db
    .select({ bundleId: artifactBundleProjects.bundleId })
    .from(artifactBundleProjects)
    .where(eq(artifactBundleProjects.projectId, param.projectId))
    .orderBy(desc(artifactBundleProjects.bundleId))
    .limit(MAX_UNVERSIONED)
    .as("newest");
  const versioned = db
    .select({ one: sql`1` })
    .from(artifactBundleReleases)
    .where(eq(artifactBundleReleases.bundleId, newest.bundleId));
  return db
    .selectDistinct({ name: sql<string>`coalesce(${artifactFiles.url}, ${artifactFiles.path})` })
    .from(newest)
    .innerJoin(artifactFiles, and(eq(artifactFiles.bundleId, newest.bundleId), anyOf(artifactFiles.nameKey, param.nameKeys)))
    .where(and(notExists(versioned), isNotNull(artifactFiles.debugId)))
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
