import type { Reader } from "@landfall/db/store";
import { and, eq, type SQL } from "drizzle-orm";
import type { AtOwnViews } from "./at-own-views.ts";

/** Whether a saved view is the caller's, in this organization; of one page when it is given. */
export function ownViewsOf({ tables: { savedViews } }: Reader, { userId, organizationId }: AtOwnViews, page?: string): SQL | undefined {
  const mine = and(eq(savedViews.userId, userId), eq(savedViews.organizationId, organizationId));
  return page === undefined ? mine : and(mine, eq(savedViews.page, page));
}
