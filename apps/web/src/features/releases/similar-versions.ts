/** How many are named. */
const RESULT_LIMIT = 10;

/** How long a version is at most, in UTF-16 units. */
const MAX_VERSION_LENGTH = 400;

/**
 * Versions like one that is not there: those that hold it, else its number without package, else the beginning of its number, else its
 * package. `find` answers versions to a release search. At most four questions.
 */
export async function findSimilarVersions(version: string, find: (query: string) => Promise<string[]>): Promise<string[]> {
  for (const part of versionParts(version)) {
    const found = await find(part);
    if (found.length > 0) return found.slice(0, RESULT_LIMIT);
  }
  return [];
}

/** Parts of a version worth looking for, the longest first. */
export function versionParts(version: string): string[] {
  const number = version.slice(version.lastIndexOf("@") + 1);
  const beginning = /^v?(\d+\.\d+)\b/.exec(number)?.[1] ?? "";
  const name = version.slice(0, Math.max(version.lastIndexOf("@"), 0));
  const parts = [version.trim(), number.replace(/^v(?=\d)/, ""), beginning, name];
  // In a search, what has a colon would be a filter, and quotes have to be in pairs. No version is longer, and searches have an end.
  return [...new Set(parts)].filter((part) => part.trim() !== "" && part.length <= MAX_VERSION_LENGTH && !/[:"*()[\]]/.test(part));
}
