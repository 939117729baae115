import type { Reader } from "@landfall/db/store";
import { type SQL, sql } from "drizzle-orm";

/** Newest version first, what is not semver last, then the newest created (contract 13.3). */
export function semverOrder({ tables: { releases } }: Reader): SQL[] {
  const { major, minor, patch, revision, isFinal, prerelease, dateCreated, id } = releases;
  return [major, minor, patch, revision, isFinal, prerelease, dateCreated, id].map((column) => sql`${column} desc nulls last`);
}
