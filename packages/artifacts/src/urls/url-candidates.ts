import { splitUrl } from "./split-url.ts";

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
