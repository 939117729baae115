import type { VersionScheme } from "@landfall/schema/views/release-line";
import { parseVersion } from "./parse-version.ts";

/** 2024.1, 2024-01-31, 20240131, 2024.1.31-2: a year of this age, and what follows it where a month would. */
const DATED =
  /^(?:19[7-9]|20[0-9]|21[0-9])[0-9](?:[.-](?:0?[0-9]|[1-4][0-9]|5[0-3])(?![0-9])|(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])(?![0-9]))/;

/**
 * How a version is numbered, as its name looks: by date, by a running number alone, semver, by the hash of a commit. Without a package
 * `1.2.3` is a "text": it has no order by version (contract 13.1). Never throws.
 *
 * @example versionScheme("app@2024.1.0") // "calver"
 */
export function versionScheme(release: string): VersionScheme {
  const parsed = parseVersion(release);
  if (parsed === null) return "text";
  if (parsed.version === null && parsed.buildHash !== null)
    return /^[0-9]{12}$|^[0-9]{16}$/.test(parsed.raw) ? ofDigits(parsed.raw) : "hash";
  if (DATED.test(parsed.raw)) return "calver";
  if (/^[0-9]+$/.test(parsed.raw)) return "build";
  return parsed.version === null ? "text" : "semver";
}

/** Digits of a hash's length are hardly ever one. */
const ofDigits = (raw: string): VersionScheme => (DATED.test(raw.slice(0, 8)) ? "calver" : "build");
