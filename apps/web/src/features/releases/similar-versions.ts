const RESULT_LIMIT = 10;

/** The maximum length of a version, in UTF-16 code units. */
const MAX_VERSION_LENGTH = 400;

/**
 * Returns versions similar to a missing one: those that contain it, else its number without the package, else the start of its number,
 * else its package. `find` returns the versions for a query; it is called at most four times.
 */
export async function findSimilarVersions(version: string, find: (query: string) => Promise<string[]>): Promise<string[]> {
  for (const part of versionParts(version)) {
    const found = await find(part);
    if (found.length > 0) return found.slice(0, RESULT_LIMIT);
  }
  return [];
}

/** The parts of a version to search for, longest first. */
export function versionParts(version: string): string[] {
  const number = version.slice(version.lastIndexOf("@") + 1);
  const start = /^v?(\d+\.\d+)\b/.exec(number)?.[1] ?? "";
  const name = version.slice(0, Math.max(version.lastIndexOf("@"), 0));
  const parts = [version.trim(), number.replace(/^v(?=\d)/, ""), start, name];
  return [...new Set(parts)].filter((part) => part.trim() !== "" && part.length <= MAX_VERSION_LENGTH && !hasQuerySyntax(part));
}

/** Whether the query language would not read a text as plain words: a colon makes a filter, and quotes must be in pairs. */
export const hasQuerySyntax = (text: string): boolean => /[:"*()[\]]/.test(text);
