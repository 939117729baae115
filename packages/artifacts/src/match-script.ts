import { baseNameWithoutHash, countShared, pathSegments, urlCandidates, withoutOneSlash } from "./urls.ts";

/** A name of an uploaded script, and where it was found: its own URL or path, its reference to a map, or the `file` of its map. */
export interface ScriptName {
  readonly name: string;
  readonly from: "path" | "reference" | "map";
}

/** A script that matches a URL, with the name that it matches by. */
export interface ScriptMatch<T> {
  readonly script: T;
  readonly by: ScriptName;
}

type Score = ScriptMatch<unknown> & {
  /** How many segments are the same, counted from the end. */
  readonly shared: number;
  /** Whether the URL ends with the whole name, so that nothing in the name contradicts it. */
  readonly isWhole: boolean;
};

/**
 * Returns the uploaded scripts that match the URL of a frame best: those whose names have the most path segments at the end in common with it, at
 * least the last one, and of these the ones that the URL ends with. A name that lacks the slash after its prefix is treated as if it had it. Several
 * scripts are returned if they match equally well, in the order of the input; none if no last segment is the same. Hashes in names are compared too,
 * so a script of another build does not match.
 */
export function matchScripts<T extends { readonly names: readonly ScriptName[] }>(url: string, scripts: Iterable<T>): ScriptMatch<T>[] {
  const paths = pathsOf(url);
  const joined = withoutOneSlash(url);
  let best: (ScriptMatch<T> & Score)[] = [];
  for (const script of scripts) {
    const scores = script.names.map((by) => ({ script, by, ...scoreOf(by.name, paths, joined) }));
    const score = scores.reduce<(typeof scores)[number] | null>((top, next) => (top === null || compare(next, top) > 0 ? next : top), null);
    if (score === null || score.shared === 0) continue;
    const order = best[0] === undefined ? 1 : compare(score, best[0]);
    if (order > 0) best = [score];
    else if (order === 0) best.push(score);
  }
  return best.map(({ script, by }) => ({ script, by }));
}

/** Returns the last segments that a matching name can have: as in the URL, and decoded. Empty if no file can be uploaded for the URL. */
export const lastSegments = (url: string): string[] => [...new Set(pathsOf(url).flatMap((segments) => segments.at(-1) ?? []))];

/** Whether a name has a hash of its build in its last segment, so that no other build has it. */
export const isNameOfOneBuild = (name: string): boolean => baseNameWithoutHash(name) !== (pathSegments(name).at(-1) ?? "");

type Shared = Pick<Score, "shared" | "isWhole">;

function scoreOf(name: string, paths: readonly (readonly string[])[], joined: ReadonlyMap<string, string>): Shared {
  if (joined.has(name)) return { shared: Math.max(...paths.map(({ length }) => length)), isWhole: true };
  const segments = pathSegments(name);
  return paths
    .map((path) => {
      const shared = countShared(path, segments);
      return { shared, isWhole: shared === segments.length };
    })
    .reduce((top, next) => (compare(next, top) > 0 ? next : top), { shared: 0, isWhole: false });
}

const compare = (a: Shared, b: Shared): number => a.shared - b.shared || Number(a.isWhole) - Number(b.isWhole);

/** The segments of the path of a URL: as written, and decoded. */
const pathsOf = (url: string): string[][] =>
  urlCandidates(url)
    .filter((name) => name.startsWith("~") && !name.includes("?"))
    .map(pathSegments);
