import { placeholders } from "@landfall/db/placeholders";
import { prepared } from "@landfall/db/prepared";
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
  const { organizationId, version, ref, url, ownerId, dateReleased, isArchived, userAgent } = draft;
  const named = { organizationId, version, ref, url, ownerId, dateReleased, isArchived, userAgent, ...sortableVersion(version) };
  const [made] = await insertRelease(tx, { ...named, dateCreated: now, dateEffective: dateReleased ?? now, authorIds: [] });
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

const insertRelease = prepared((tx: Tx) => {
  const { releases } = tx.tables;
  const columns = placeholders(releases, [
    "organizationId",
    "version",
    "isArchived",
    "ref",
    "url",
    "ownerId",
    "userAgent",
    "dateCreated",
    "dateReleased",
    "dateEffective",
    "authorIds",
    "package",
    "major",
    "minor",
    "patch",
    "revision",
    "isFinal",
    "prerelease",
    "buildCode",
    "buildNumber",
  ]);
  return tx.insert(releases).values(columns).onConflictDoNothing().returning().prepare();
});
