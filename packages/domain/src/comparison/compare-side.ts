import { formatRelease } from "../versions/release-name.ts";
/** One side of a comparison, as in the input of `releases.compare`: a version, or the current release of an environment of a project. */
export type CompareSide = string | { readonly environment: string; readonly project: string };

/**
 * Formats a side for the URL, `?base=…&head=…`: a version unchanged (`base=web@1.2.0`), an environment of a project as
 * `env:production@web`. The part after the last `@` is the project's slug or id, which cannot contain `@`; the environment's name can.
 * A version that looks like one of these forms gets the prefix `version:`.
 */
export function formatSide(side: CompareSide): string {
  if (typeof side !== "string") return `${ENVIRONMENT_PREFIX}${side.environment}@${side.project}`;
  return side.startsWith(VERSION_PREFIX) || parseEnvironmentSide(side) ? `${VERSION_PREFIX}${side}` : side;
}

/** Parses a side of the URL; null for an empty text. Anything that is not an environment is a version. */
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

/** Describes a side: "web@1.2.0", "production of web". */
export const describeSide = (side: CompareSide): string =>
  typeof side === "string" ? formatRelease(side) : `${side.environment} of ${side.project}`;
