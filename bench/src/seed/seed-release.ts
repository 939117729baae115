import { MINUTE } from "@landfall/domain/durations";
import { semverColumns } from "@landfall/domain/versions/semver";

/** A release to store, by column name. */
export type SeedRelease = {
  readonly id: number;
  readonly version: string;
  readonly isArchived: boolean;
  readonly created: number;
  readonly released: number | null;
};

/** The creation time of the first release; each further one is a minute later. */
const FIRST = Date.UTC(2024, 0, 1);

/** The `index`-th release of a history; every second one is finalized. */
export function seedRelease(id: number, index: number, version: string, isArchived = false): SeedRelease {
  const created = FIRST + index * MINUTE;
  return { id, version, isArchived, created, released: index % 2 === 0 ? created + MINUTE : null };
}

/**
 * The version of the `index`-th release of a large history: increasing numbers, every tenth a release candidate, every hundredth a hotfix,
 * every twentieth a commit hash, which is not semver.
 */
export function versionAt(project: string, index: number): string {
  if (index % 20 === 7) return sha(index);
  const numbers = `${Math.floor(index / 10_000) + 1}.${Math.floor(index / 100) % 100}.${index % 100}`;
  const suffix = index % 100 === 50 ? "-hotfix" : index % 10 === 3 ? `-rc.${index % 7}` : "";
  return `${project}@${numbers}${suffix}+${index}`;
}

/** Forty hex digits, unique per index. */
export const sha = (index: number): string =>
  Math.imul(index + 1, 0x9e37_79b1)
    .toString(16)
    .replace("-", "f")
    .padStart(10, "a")
    .repeat(4)
    .slice(0, 28) + index.toString(16).padStart(12, "0");

/** The sortable columns, as stored by the application, in table order. */
export function sortableValues(version: string): readonly (string | number | null)[] {
  const { package: name, major, minor, patch, revision, prerelease, buildCode, buildNumber } = semverColumns(version);
  const isFinal = prerelease === null ? null : prerelease === "" ? 1 : 0;
  return [name, major, minor, patch, revision, isFinal, prerelease, buildCode, buildNumber];
}
