import type { ReleaseRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { semverColumns } from "../versions/semver-columns.ts";
import { findRelease } from "./find-release.ts";

export type NewRelease = {
  readonly organizationId: number;
  readonly version: string;
  readonly ref: string | null;
  readonly url: string | null;
  readonly ownerId: number | null;
  readonly dateReleased: Date | null;
  readonly isArchived: boolean;
  readonly userAgent: string | null;
};

/** The release of this version, made when there is none (contract 3.2, step 3). Of many callers at once exactly one makes it. */
export async function ensureRelease(tx: Tx, draft: NewRelease, now: Date): Promise<{ release: ReleaseRow; created: boolean }> {
  const known = await findRelease(tx, draft.organizationId, draft.version);
  if (known) return { release: known, created: false };
  const [made] = await tx
    .insert(tx.tables.releases)
    .values({
      ...draft,
      ...sortableVersion(draft.version),
      dateCreated: now,
      dateEffective: draft.dateReleased ?? now,
      authorIds: [],
    })
    .onConflictDoNothing()
    .returning();
  if (made) return { release: made, created: true };
  const raced = await findRelease(tx, draft.organizationId, draft.version);
  if (!raced) throw new Error("a release that exists could not be read");
  return { release: raced, created: false };
}

/** The semver columns, and whether the version is final: candidates sort below it (contract 13.3). */
function sortableVersion(version: string) {
  const columns = semverColumns(version);
  return { ...columns, isFinal: columns.prerelease === null ? null : columns.prerelease === "" ? 1 : 0 };
}
