/** One side of a comparison, as `releases.compare` takes it: a version, or whatever is in an environment of a project. */
export type CompareSide = string | { readonly environment: string; readonly project: string };

/**
 * A side as the address has it, in `?base=…&head=…`: a version as it stands (`base=web@1.2.0`), an environment of a project as
 * `env:production@web`. What follows the last `@` is the project's slug or id, which has none itself; the environment's name may. A
 * version that looks like one of these two forms is written behind `version:`.
 */
export function formatSide(side: CompareSide): string {
  if (typeof side !== "string") return `${ENVIRONMENT_PREFIX}${side.environment}@${side.project}`;
  return side.startsWith(VERSION_PREFIX) || parseEnvironmentSide(side) ? `${VERSION_PREFIX}${side}` : side;
}

/** Reads a side of the address; null for nothing. What is not an environment's form is a version, whatever it looks like. */
export function parseSide(text: string | null): CompareSide | null {
  if (text === null || text.trim() === "") return null;
  if (text.startsWith(VERSION_PREFIX)) return text.slice(VERSION_PREFIX.length);
  return parseEnvironmentSide(text) ?? text;
}

const ENVIRONMENT_PREFIX = "env:";
const VERSION_PREFIX = "version:";

function parseEnvironmentSide(text: string): Exclude<CompareSide, string> | null {
  const { environment, project } = /^env:(?<environment>.+)@(?<project>[a-z0-9_-]+)$/s.exec(text)?.groups ?? {};
  return environment === undefined || project === undefined ? null : { environment, project };
}

/** A side in words: "web@1.2.0", "production of web". */
export const describeSide = (side: CompareSide): string => (typeof side === "string" ? side : `${side.environment} of ${side.project}`);
