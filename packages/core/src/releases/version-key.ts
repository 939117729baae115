import type { ReleaseRow } from "@landfall/db/rows";

/** The first 64 characters of a version: what activities are filed under (contract 14.11). */
export const activityIdent = (version: string): string => [...version].slice(0, 64).join("");

/** dateReleased, else dateCreated: what "newest" means inside a project. */
export const effectiveDate = (release: Pick<ReleaseRow, "dateReleased" | "dateCreated">): Date => release.dateReleased ?? release.dateCreated;
