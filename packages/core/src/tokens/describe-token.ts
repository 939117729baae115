import type { TokenRow } from "@landfall/db/rows";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { OrgTokenView, TokenView } from "@landfall/schema/views/token";

/** An organization's token as the wire shows it (contract 16.1). */
export const describeOrgToken = (row: TokenRow): OrgTokenView => ({
  id: String(row.id),
  name: row.name,
  scopes: row.scopes,
  tokenLastCharacters: row.lastCharacters,
  dateCreated: instant(row.dateCreated),
  dateLastUsed: instantOrNull(row.dateLastUsed),
  projectLastUsedId: row.projectLastUsedId === null ? null : String(row.projectLastUsedId),
});

/** A person's own token, as they see it. */
export const describeToken = (row: TokenRow): TokenView => ({
  id: String(row.id),
  kind: row.userId === null ? "organization" : "user",
  name: row.name,
  scopes: row.scopes,
  tokenLastCharacters: row.lastCharacters,
  dateCreated: instant(row.dateCreated),
  dateExpires: instantOrNull(row.dateExpires),
  dateLastUsed: instantOrNull(row.dateLastUsed),
  lastUsedClient: row.lastUsedClient,
});
