import type { SessionRow } from "@landfall/db/rows";
import { instant } from "@landfall/schema/instant";
import type { SessionView } from "@landfall/schema/views/session";

/** A session as its owner sees it; `currentId` is the one they ask from. */
export const describeSession = (row: SessionRow, currentId: number): SessionView => ({
  id: String(row.id),
  isCurrent: row.id === currentId,
  ipAddress: row.ipAddress,
  userAgent: row.userAgent,
  dateCreated: instant(row.dateCreated),
  dateLastUsed: instant(row.dateLastUsed),
  dateExpires: instant(row.dateExpires),
});
