import { chunked } from "@landfall/db/sql/insert-rows";
import type { Tx } from "@landfall/db/store";
import type { TokenRow } from "@landfall/db/tables/schema";
import type { Scope } from "@landfall/schema/scope";
import { and, eq, gt, inArray, isNull, ne, or, type SQL } from "drizzle-orm";
import { hashToken } from "../access/token-text.ts";
import type { Actor } from "../kernel/actor.ts";
import { notFound, unauthenticated } from "../kernel/app-error.ts";
import { type MutationContext, recordAudit } from "./audit.ts";

/** Whose a token is: a person's or an organization's. */
export type TokenOwner = { readonly userId: number } | { readonly organizationId: number };

export type TokenDraft = {
  readonly owner: TokenOwner;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly dateExpires: Date | null;
  /** The token it is a child of if the caller does not act by a token. */
  readonly parentId?: number | null;
};

const LAST_CHARACTERS = 4;

/**
 * Stores a new token: of its text only the sha256 and the last characters. If the caller acts by a token, the new one is its child and
 * expires no later. `parentId` names another parent for a token that replaces one. Writes the audit row.
 */
export async function storeToken(
  on: MutationContext,
  { owner, name, scopes, parentId, ...draft }: TokenDraft,
  text: string,
): Promise<TokenRow> {
  const { tx, actor, now } = on;
  const parent = await requireLiveParent(tx, actorToken(actor) ?? parentId ?? null);
  const dateExpires = earlier(draft.dateExpires, parent?.dateExpires ?? null);
  const organizationId = "organizationId" in owner ? owner.organizationId : null;
  const userId = "userId" in owner ? owner.userId : null;
  const [row] = await tx
    .insert(tx.tables.tokens)
    .values({
      kind: userId === null ? "organization" : "user",
      userId,
      organizationId,
      name,
      tokenHash: hashToken(text),
      lastCharacters: text.slice(-LAST_CHARACTERS),
      scopes: [...scopes],
      createdBy: actor.kind === "user" ? actor.userId : null,
      parentId: parent?.id ?? null,
      dateCreated: now,
      dateExpires,
    })
    .returning();
  if (!row) throw new Error("a token was not stored");
  const details = { id: row.id, userId, scopes, dateExpires, ...(parent ? { createdWith: parent.id } : {}) };
  await recordAudit(on, { organizationId, action: "token.create", target: name, details });
  return row;
}

const actorToken = (actor: Actor): number | null => ("tokenId" in actor ? actor.tokenId : null);

/** Throws 401 for a token that another request revoked since the caller was authenticated: it must leave no child behind. */
async function requireLiveParent(tx: Tx, id: number | null): Promise<Pick<TokenRow, "id" | "dateExpires"> | null> {
  if (id === null) return null;
  const { tokens } = tx.tables;
  const [parent] = await tx
    .select({ id: tokens.id, dateExpires: tokens.dateExpires })
    .from(tokens)
    .where(and(eq(tokens.id, id), isNull(tokens.dateRevoked)));
  if (!parent) throw unauthenticated();
  return parent;
}

/** The earlier of two ends; null is never. */
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/**
 * Revokes the tokens `which` selects that are not revoked yet, and all tokens that were created with one of them, and those created with
 * these: they are refused from the next request on. Writes an audit event for each. Two exceptions keep what is meant to stay: a token
 * that has expired already takes none with it, and neither does the caller's own token end because the one it replaced does. Returns the
 * revoked tokens.
 */
export async function revokeTokens(on: MutationContext, which: SQL | undefined): Promise<TokenRow[]> {
  const { tx, actor, now } = on;
  const { tokens } = tx.tables;
  const own = actor.kind === "user" && actor.tokenId !== null ? ne(tokens.id, actor.tokenId) : undefined;
  const revoke = (selected: SQL | undefined) =>
    tx
      .update(tokens)
      .set({ dateRevoked: now })
      .where(and(isNull(tokens.dateRevoked), selected))
      .returning();
  const revoked: TokenRow[] = [];
  let level = await revoke(which);
  while (level.length > 0) {
    revoked.push(...level);
    const ended = level.filter(({ dateExpires }) => dateExpires === null || dateExpires > now);
    level = [];
    for (const part of chunked(ended, 1)) level.push(...(await revoke(and(own, inArray(tokens.parentId, idsOf(part))))));
  }
  for (const { id, name, organizationId, lastCharacters, parentId } of revoked) {
    const details = { id, lastCharacters, ...(parentId === null ? {} : { createdWith: parentId }) };
    await recordAudit(on, { organizationId, action: "token.revoke", target: name, details });
  }
  return revoked;
}

/** The same for one token. Throws 404 if another request revoked it meanwhile. */
export async function revokeOneToken(on: MutationContext, { id }: TokenRow): Promise<void> {
  const revoked = await revokeTokens(on, eq(on.tx.tables.tokens.id, id));
  if (revoked.length === 0) throw notFound();
}

/** Revokes all of a person's own tokens and what was created with them. Returns how many tokens that were. */
export async function revokeTokensOfUser(on: MutationContext, userId: number): Promise<number> {
  return (await revokeTokens(on, eq(on.tx.tables.tokens.userId, userId))).length;
}

/** Moves the tokens created with `from` below `to`, which replaces it; none of them, or of those below them, outlives `to`. */
export async function reparentTokens(tx: Tx, from: Pick<TokenRow, "id">, { id: to, dateExpires }: TokenRow): Promise<void> {
  const { tokens } = tx.tables;
  const moved = and(eq(tokens.parentId, from.id), ne(tokens.id, to), isNull(tokens.dateRevoked));
  let level = await tx.update(tokens).set({ parentId: to }).where(moved).returning({ id: tokens.id });
  if (dateExpires === null) return;
  while (level.length > 0) {
    const next: { id: number }[] = [];
    for (const part of chunked(level, 1)) {
      const ids = idsOf(part);
      const outlives = or(isNull(tokens.dateExpires), gt(tokens.dateExpires, dateExpires));
      await tx
        .update(tokens)
        .set({ dateExpires })
        .where(and(inArray(tokens.id, ids), outlives));
      next.push(
        ...(await tx
          .select({ id: tokens.id })
          .from(tokens)
          .where(and(inArray(tokens.parentId, ids), isNull(tokens.dateRevoked)))),
      );
    }
    level = next;
  }
}

const idsOf = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
