import type { ReleaseRow } from "@landfall/db/rows";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { ReleaseBriefView } from "@landfall/schema/views/brief";
import { versionInfo } from "../versions/version-info.ts";

type Shown = Pick<ReleaseRow, "version" | "isArchived" | "dateCreated" | "dateReleased" | "commitCount" | "deployCount">;

/** A release as pages name it in passing. */
export function briefRelease({ version, isArchived, dateCreated, dateReleased, commitCount, deployCount }: Shown): ReleaseBriefView {
  const info = versionInfo(version);
  return {
    version,
    description: info?.description ?? version,
    package: info?.package ?? null,
    status: isArchived ? "archived" : "open",
    dateCreated: instant(dateCreated),
    dateReleased: instantOrNull(dateReleased),
    commitCount,
    deployCount,
  };
}
