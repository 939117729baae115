import { decodePathSegment } from "./read-part.ts";

/** What the address of a release's page names. */
export type ReleaseUrl = {
  readonly organization: string;
  readonly version: string;
  /** The project whose releases are before and after it; null where none is named. */
  readonly project: string | null;
};

/**
 * Reads the address of a request for a release's page. Next hands the same part of it escaped to a page and plain to what makes its title,
 * and a layout is not told the query; versions may hold any character, so that only the address itself tells which is meant.
 */
export function parseReleaseUrl(address: string): ReleaseUrl {
  const { pathname, searchParams } = new URL(address, "http://landfall.invalid");
  const [, , organization = "", , version = ""] = pathname.split("/");
  return { organization: decodePathSegment(organization), version: decodePathSegment(version), project: searchParams.get("project") };
}
