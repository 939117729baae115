/** The parts of a URL as they are written, neither decoded nor encoded, without the fragment. */
export interface UrlParts {
  /** `https://example.com`, `app://`, `~`, or nothing for a path. */
  readonly origin: string;
  /** Starts with a slash. */
  readonly path: string;
  /** With its question mark, or nothing. */
  readonly query: string;
}

const urlPattern = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*|~)?([^?#]*)(\?[^#]*)?/i;

/**
 * Splits the URL or path of a script. Returns null if no file can be uploaded for it: `<anonymous>`, `[native code]`, `native`, `node:fs`, `blob:`
 * and `data:` URLs, Windows paths, and paths that start with `..`.
 *
 * `URL` is not used, because it rewrites URLs (`\`, `[`, `..`), and files are found by their exact names.
 */
export function splitUrl(text: string): UrlParts | null {
  const [, origin = "", written = "", query = ""] = urlPattern.exec(text.trim()) ?? [];
  if (written === "" || written.includes("\\")) return null;
  if (origin !== "") return written.startsWith("/") ? { origin, path: written, query } : null;
  if (/^[<[]|^[a-z][a-z\d+.-]*:|^\.\.\/|^native$/i.test(written)) return null;
  const path = written.replace(/^(\.\/)+/, "");
  return { origin, path: path.startsWith("/") ? path : `/${path}`, query };
}

/**
 * Returns the names under which the file of a frame may have been uploaded, the most exact first: the URL, the URL without its query, `~` and the
 * path, `~` and the path without the query; never with a fragment. Then the same names with decoded paths (`%5B`), because browsers report encoded
 * paths and build tools upload file names. Empty if no file can be uploaded for the URL.
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

/** Decodes a path, except characters that would change its meaning: slash, question mark, hash, backslash, percent, control characters. */
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
 * Resolves a reference in an uploaded file against the file's URL: `app.js.map` in `~/static/app.js` is `~/static/app.js.map`. Keeps the query and
 * drops the fragment. Returns null for `data:` URLs and other references that name no file, and for a file without a URL.
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
  const result: string[] = [];
  const segments = path.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    if (segment !== "." && segment !== "..") result.push(segment);
    else {
      if (segment === "..") result.pop();
      if (index === segments.length - 1) result.push("");
    }
  }
  return `/${result.join("/")}`;
}

/** A name that is similar to a wanted one. */
export interface NearName {
  readonly name: string;
  /** How many path segments are the same, counted from the end; 0 if only the build differs. */
  readonly sharedSegments: number;
  /** Whether the last segments differ only in a hash: `app.3f2a91bc.js` and `app.77d0ce41.js`. */
  readonly isOtherBuild: boolean;
}

/** Returns at most `limit` names that are most similar to `wanted`: by shared segments at the end, then by a similar number of segments. */
export function nearestNames(wanted: string, names: Iterable<string>, limit = 5): NearName[] {
  const target = pathSegments(wanted);
  const last = target.at(-1) ?? "";
  if (last === "") return [];
  const bare = withoutHash(last);
  let near: (NearName & { readonly rest: number })[] = [];
  for (const name of new Set(names)) {
    const segments = pathSegments(name);
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

/** Returns the last segment of a name without hashes, which all similar names have in common. */
export function baseNameWithoutHash(name: string): string {
  return withoutHash(pathSegments(name).at(-1) ?? "");
}

function byLikeness(a: NearName & { rest: number }, b: NearName & { rest: number }): number {
  return b.sharedSegments - a.sharedSegments || a.rest - b.rest || (a.name < b.name ? -1 : 1);
}

/** Returns the segments of the path of a URL or name, without empty ones. */
export function pathSegments(name: string): string[] {
  return (splitUrl(name)?.path ?? name.replaceAll("\\", "/")).split("/").filter((segment) => segment !== "");
}

/** Returns how many elements are the same, counted from the end. */
export function countShared(a: readonly string[], b: readonly string[]): number {
  let count = 0;
  while (count < Math.min(a.length, b.length) && a.at(-1 - count) === b.at(-1 - count)) count += 1;
  return count;
}

/** Replaces hashes: parts of at least 6 characters with a digit, after a dot or hyphen and before a dot. */
function withoutHash(segment: string): string {
  return segment.replaceAll(/(?<=[.-])(?=[\w]*\d)\w{6,}(?=\.)/g, "*");
}

/** How many of the last slashes of a name are considered. */
const MAX_SLASHES = 10;

/**
 * Returns the names under which the file of a frame was uploaded if the slash between a prefix and its path was forgotten, each with the prefix:
 * for `https://e.com/assets/main.js`, among others, `~/assetsmain.js` with `~/assets`. At most 40 names.
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
