import type { Dist, ReleaseFacts } from "@landfall/artifacts/explain/facts";
import { baseNameWithoutHash } from "@landfall/artifacts/urls/nearest-names";
import { urlCandidates } from "@landfall/artifacts/urls/url-candidates";
import { withoutOneSlash } from "@landfall/artifacts/urls/without-one-slash";
import type { Reader } from "@landfall/db/store";
import { fileIdent, textKey } from "../artifacts/artifact-keys.ts";
import { type StackEvent, storableNames } from "./find-files.ts";
import {
  selectBundlesOf,
  selectDistsOf,
  selectDistsWith,
  selectNamesIn,
  selectOwnNames,
  selectRelease,
  selectUnversionedNames,
} from "./select-release-facts.ts";

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
  const nameKeys = JSON.stringify([...new Set([...urls.flatMap(nearNameKeys), ...maps.map(baseNameWithoutHash)])].map(textKey));
  if (version === null) {
    const names = await selectNamesIn(db, { bundles: JSON.stringify(bundles), nameKeys });
    const byKin = groupByBaseName(names.map(({ name }) => name));
    return { factsFor: () => null, namesLike: (name) => byKin.get(baseNameWithoutHash(name)) ?? [] };
  }
  const on = { organizationId, projectId, version };
  const [release] = await selectRelease(db, on);
  const uploaded = await selectDistsOf(db, on);
  const own = release === undefined ? [] : await selectOwnNames(db, { releaseId: release.id });
  const wanted = new Map(urls.map((url) => [url, storableNames([url, ...urlCandidates(url)])]));
  const keys = JSON.stringify([...new Set([...wanted.values()].flat())].map(textKey));
  const having =
    uploaded.length === 0 ? [] : await selectDistsWith(db, { projectId, keys, releases: JSON.stringify(uploaded.map(({ id }) => id)) });
  const here = uploaded.find((one) => one.dist === dist);
  const newest = here === undefined ? [] : await selectBundlesOf(db, { projectId, artifactReleaseId: here.id });
  const among = [...new Set([...newest.map(({ bundleId }) => bundleId), ...bundles])];
  const bundled = among.length === 0 ? [] : await selectNamesIn(db, { bundles: JSON.stringify(among), nameKeys });
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
