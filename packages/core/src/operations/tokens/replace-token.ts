import { DAY } from "@landfall/domain/durations";
import type { TokenRow } from "@landfall/db/tables/schema";
import { instant } from "@landfall/schema/instant";
import type { RotateTokenInput } from "@landfall/schema/organizations/tokens";
import { isScope } from "@landfall/schema/scope";
import { and, eq, isNull } from "drizzle-orm";
import { AppError, invalidField } from "../../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "../../records/audit.ts";
import { reparentTokens, storeToken, type TokenOwner } from "../../records/accounts/tokens.ts";

/** How long a replaced token still works: 24 hours, in milliseconds. */
const GRACE_PERIOD = DAY;

export type Replacement = {
  readonly row: TokenRow;
  /** The id of the old token, and when it stops working. */
  readonly replaced: { readonly id: string; readonly dateExpires: string };
};

/**
 * Stores `text` as a token with the same owner, name and scopes. The old one works for another 24 hours, or until it expires. Its children become
 * children of the new one. Throws `conflict` for a token that is revoked or expired, and `invalid` at `dateExpires` for a date in the past.
 */
export async function replaceToken(
  on: MutationContext,
  { old, owner }: { readonly old: TokenRow; readonly owner: TokenOwner },
  { dateExpires }: RotateTokenInput,
  text: string,
): Promise<Replacement> {
  const { now } = on;
  assertUsable(old, now);
  const end = dateExpires === undefined ? sameLifetime(old, now) : futureDate("dateExpires", dateExpires, now);
  const scopes = old.scopes.filter(isScope);
  const row = await storeToken(on, { owner, name: old.name, scopes, dateExpires: end, parentId: await liveParentOf(on, old) }, text);
  await reparentTokens(on.tx, old, row);
  const latestEnd = new Date(now.getTime() + GRACE_PERIOD);
  const replacedEnd = old.dateExpires !== null && old.dateExpires < latestEnd ? old.dateExpires : latestEnd;
  await expireAt(on, old, replacedEnd);
  const { id, name, organizationId, lastCharacters } = old;
  const details = { id, lastCharacters, newId: row.id, dateExpires: replacedEnd };
  await recordAudit(on, { organizationId, action: "token.rotate", target: name, details });
  return { row, replaced: { id: String(id), dateExpires: instant(replacedEnd) } };
}

/** The parent of a token, unless the parent is revoked. */
async function liveParentOf({ tx }: MutationContext, { parentId }: TokenRow): Promise<number | null> {
  if (parentId === null) return null;
  const { tokens } = tx.tables;
  const [parent] = await tx
    .select({ id: tokens.id })
    .from(tokens)
    .where(and(eq(tokens.id, parentId), isNull(tokens.dateRevoked)));
  return parent?.id ?? null;
}

function assertUsable({ dateRevoked, dateExpires }: TokenRow, now: Date): void {
  if (dateRevoked !== null) throw cannotRotate(`was revoked at ${instant(dateRevoked)}`);
  if (dateExpires !== null && dateExpires <= now) throw cannotRotate(`expired at ${instant(dateExpires)}`);
}

const cannotRotate = (problem: string): AppError =>
  new AppError("conflict", `This token ${problem}, so it cannot be rotated. Create a new one.`);

/** The last date that the API can represent. */
const MAX_DATE = Date.parse("9999-12-31T23:59:59.999Z");

const sameLifetime = ({ dateCreated, dateExpires }: TokenRow, now: Date): Date | null =>
  dateExpires && new Date(Math.min(now.getTime() + dateExpires.getTime() - dateCreated.getTime(), MAX_DATE));

async function expireAt({ tx }: MutationContext, { id }: TokenRow, dateExpires: Date): Promise<void> {
  const { tokens } = tx.tables;
  const [updated] = await tx
    .update(tokens)
    .set({ dateExpires })
    .where(and(eq(tokens.id, id), isNull(tokens.dateRevoked)))
    .returning({ id: tokens.id });
  if (!updated) throw cannotRotate("was revoked just now");
}

/** Returns an optional date of the input. Throws `invalid` at `path` for a date in the past. */
export function futureDate(path: string, date: Date | null | undefined, now: Date): Date | null {
  if (!date) return null;
  if (date <= now) throw invalidField(path, "The expiry date must be in the future.");
  return date;
}
