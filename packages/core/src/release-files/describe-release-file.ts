import type { ReleaseFileRow } from "@landfall/db/rows";
import { instant } from "@landfall/schema/instant";
import type { ReleaseFileView } from "@landfall/schema/views/release-file";
import { memberId } from "./member-id.ts";

/** A file as it is told of (contract 8.1). */
export const describeReleaseFile = (row: ReleaseFileRow): ReleaseFileView => ({
  id: row.isMember ? memberId(row) : String(row.id),
  name: row.name,
  dist: row.dist || null,
  headers: row.headers,
  size: row.size,
  sha1: row.sha1,
  dateCreated: instant(row.dateCreated),
});
