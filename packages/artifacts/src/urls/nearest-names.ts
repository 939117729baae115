import { splitUrl } from "./split-url.ts";

/** A name that is like the one looked for. */
export interface NearName {
  readonly name: string;
  /** How many path segments agree, counted from the end. 0 when only the build differs. */
  readonly sharedSegments: number;
  /** The last segments are the same but for what looks like a hash: `app.3f2a91bc.js` and `app.77d0ce41.js`. */
  readonly isOtherBuild: boolean;
}

/** Of many names, those most like `wanted`: by shared segments at the end, then by how little else they have. Never more than `limit`. */
export function nearestNames(wanted: string, names: Iterable<string>, limit = 5): NearName[] {
  const target = segmentsOf(wanted);
  const last = target.at(-1) ?? "";
  if (last === "") return [];
  const bare = withoutHash(last);
  let near: (NearName & { readonly rest: number })[] = [];
  for (const name of new Set(names)) {
    const segments = segmentsOf(name);
    const sharedSegments = countShared(target, segments);
    const isOtherBuild = sharedSegments === 0 && bare !== last && withoutHash(segments.at(-1) ?? "") === bare;
    if (sharedSegments === 0 && !isOtherBuild) continue;
    near.push({ name, sharedSegments, isOtherBuild, rest: Math.abs(segments.length - target.length) });
    if (near.length > limit * 20) near = near.toSorted(byLikeness).slice(0, limit);
  }
  return near
    .toSorted(byLikeness)
    .slice(0, limit)
    .map(({ rest: _, ...name }) => name);
}

/** What a name has in common with all that can be near it: its last segment, without what looks like a hash. */
export function baseNameWithoutHash(name: string): string {
  return withoutHash(segmentsOf(name).at(-1) ?? "");
}

function byLikeness(a: NearName & { rest: number }, b: NearName & { rest: number }): number {
  return b.sharedSegments - a.sharedSegments || a.rest - b.rest || (a.name < b.name ? -1 : 1);
}

function segmentsOf(name: string): string[] {
  return (splitUrl(name)?.path ?? name.replaceAll("\\", "/")).split("/").filter((segment) => segment !== "");
}

function countShared(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return count;
}

/** Parts of 6 and more characters with a digit in them, between dots or hyphens, are taken for a hash. */
function withoutHash(segment: string): string {
  return segment.replaceAll(/(?<=[.-])(?=[\w]*\d)\w{6,}(?=\.)/g, "*");
}
