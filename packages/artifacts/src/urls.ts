/** An address in parts as they are written, nothing decoded or encoded; the fragment is gone. */
export interface UrlParts {
  /** `https://example.com`, `app://`, `~`, or nothing for a path. */
  readonly origin: string;
  /** Starts with a slash. */
  readonly path: string;
  /** With its question mark, or nothing. */
  readonly query: string;
}

const address = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*|~)?([^?#]*)(\?[^#]*)?/i;

/**
 * The parts of a script's address or path. Null for what no file can be uploaded for: `<anonymous>`, `[native code]`, `native`, `node:fs`,
 * `blob:` and `data:` addresses, Windows paths, paths that climb.
 *
 * The parser of the platform is no help: it rewrites addresses (`\`, `[`, `..`), and files are found by their exact names.
 */
export function splitUrl(text: string): UrlParts | null {
  const [, origin = "", written = "", query = ""] = address.exec(text.trim()) ?? [];
  if (written === "" || written.includes("\\")) return null;
  if (origin !== "") return written.startsWith("/") ? { origin, path: written, query } : null;
  if (/^[<[]|^[a-z][a-z\d+.-]*:|^\.\.\/|^native$/i.test(written)) return null;
  const path = written.replace(/^(\.\/)+/, "");
  return { origin, path: path.startsWith("/") ? path : `/${path}`, query };
}

/**
 * The names under which the file of a frame may have been uploaded, the most exact first: the address, the address without its query,
 * `~` and its path, the same without the query. A fragment never counts. After them the same with `%5B` and the like decoded: browsers
 * report encoded paths, build tools upload file names. Empty for what cannot be uploaded.
 */
export function urlCandidates(absPath: string): string[] {
  const parts = splitUrl(absPath);
  if (parts === null) return [];
  const { origin, query } = parts;
  const paths = [parts.path, decodePath(parts.path)];
  const names = paths.flatMap((path) => {
    const own = origin === "" && !absPath.trim().startsWith("/") ? path.slice(1) : origin + path;
    return [own + query, own, `~${path}${query}`, `~${path}`];
  });
  return [...new Set(names)];
}

/** Leaves encoded what would change the meaning: slash, question mark, hash, backslash, percent, control characters. */
function decodePath(path: string): string {
  return path
    .split(/(%(?:2f|3f|23|5c|25|[01][\da-f]|7f))/i)
    .map((part, index) => (index % 2 === 1 ? part : decode(part)))
    .join("");
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * What a reference in an uploaded file means, by that file's own name: `app.js.map` in `~/static/app.js` is `~/static/app.js.map`. Keeps the
 * reference's query, drops its fragment. Null for `data:` and other references that name no file, and for a file whose name is no address.
 */
export function resolveReference(reference: string, fileUrl: string): string | null {
  const base = splitUrl(fileUrl);
  const target = reference.trim().replace(/#.*$/s, "");
  if (base === null || target === "") return null;
  if (/^(?:[a-z][a-z\d+.-]*:\/\/|~\/)/i.test(target)) return target;
  if (/^[a-z][a-z\d+.-]*:/i.test(target)) return null;
  if (target.startsWith("//")) {
    const scheme = /^[a-z][a-z\d+.-]*:/i.exec(base.origin);
    return scheme === null ? `~${target.replace(/^\/\/[^/]*/, "")}` : scheme[0] + target;
  }
  const [, written = "", query = ""] = /^([^?]*)(.*)$/s.exec(target) ?? [];
  if (written === "") return base.origin + base.path + query;
  const path = written.startsWith("/") ? written : base.path.slice(0, base.path.lastIndexOf("/") + 1) + written;
  return base.origin + withoutDots(path) + query;
}

function withoutDots(path: string): string {
  const kept: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    if (segment !== "." && segment !== "..") kept.push(segment);
    else {
      if (segment === "..") kept.pop();
      if (index === segments.length - 1) kept.push("");
    }
  }
  return `/${kept.join("/")}`;
}

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

/** Prefixes have few parts, and what follows them in a name, too. */
const MAX_SLASHES = 10;

/**
 * The names under which the file of a frame was uploaded if a prefix was put before its path without the slash between them, each with that
 * prefix: for `https://e.com/assets/main.js` among others `~/assetsmain.js` with `~/assets`. At most 40, of the last slashes.
 */
export function withoutOneSlash(absPath: string): ReadonlyMap<string, string> {
  const names = urlCandidates(absPath).filter((name) => !name.includes("?"));
  return new Map(
    names.flatMap((name) =>
      [...name.matchAll(/(?<=[^/])\/(?=[^/])/g)].slice(-MAX_SLASHES).map(({ index }) => {
        const prefix = name.slice(0, index);
        return [prefix + name.slice(index + 1), prefix] as const;
      }),
    ),
  );
}
