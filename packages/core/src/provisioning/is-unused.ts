import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";

/** Whether nothing was reported to an organization yet. */
export async function hasNoReleases(db: Reader, organizationId: number): Promise<boolean> {
  const { releases } = db.tables;
  const found = await db.select({ id: releases.id }).from(releases).where(eq(releases.organizationId, organizationId)).limit(1);
  return found.length === 0;
}
