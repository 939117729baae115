import type { TokenRow } from "@landfall/db/rows";
import { and, eq, isNull } from "drizzle-orm";
import { notFound } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";

/** Revokes a token: the next request with it is refused. Throws 404 when somebody else has revoked it meanwhile. */
export async function markRevoked(
  on: Parameters<typeof recordAudit>[0],
  { id, name, organizationId, lastCharacters }: TokenRow,
): Promise<void> {
  const { tokens } = on.tx.tables;
  const [revoked] = await on.tx
    .update(tokens)
    .set({ dateRevoked: on.now })
    .where(and(eq(tokens.id, id), isNull(tokens.dateRevoked)))
    .returning({ id: tokens.id });
  if (!revoked) throw notFound();
  await recordAudit(on, { organizationId, action: "token.revoke", target: name, details: { id, lastCharacters } });
}
