import type { RepositoryRow } from "@landfall/db/rows";
import { instant } from "@landfall/schema/instant";
import type { RepositoryView } from "@landfall/schema/views/commit";

/**
 * A repository (contract 12.5). The provider is always unknown: clients then send whole commits instead of references that
 * nobody here could resolve (design 9).
 */
export const describeRepository = (row: RepositoryRow): RepositoryView => ({
  id: String(row.id),
  name: row.name,
  url: row.url,
  provider: { id: "unknown", name: "Unknown Provider" },
  status: row.status,
  dateCreated: instant(row.dateCreated),
  integrationId: null,
  externalSlug: null,
  externalId: row.externalId,
});
