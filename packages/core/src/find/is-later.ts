import type { ReleaseRow } from "@landfall/db/rows";
import { compareAge } from "../board/compare-age.ts";
import { compareSemverKeys, type SemverKey, semverKey } from "../versions/compare-versions.ts";

type ReleaseOrder = Pick<ReleaseRow, "id" | "dateEffective" | "package" | "major" | "minor" | "patch" | "revision" | "prerelease">;

/**
 * Whether `release` comes after `other` and so may be taken to hold what that one holds: by date released, or created. Of versions of
 * one package the number must not be lower: a fix of an old line does not hold what the new line does.
 */
export function isLater(release: ReleaseOrder, other: ReleaseOrder): boolean {
  const [key, otherKey] = [keyOf(release), keyOf(other)];
  const isLower = key !== null && otherKey !== null && release.package === other.package && compareSemverKeys(key, otherKey) < 0;
  return !isLower && compareAge(release, other) > 0;
}

function keyOf({ major, minor, patch, revision, prerelease }: ReleaseOrder): SemverKey | null {
  if (major === null || minor === null || patch === null || revision === null || prerelease === null) return null;
  return semverKey({ major, minor, patch, revision, prerelease });
}
