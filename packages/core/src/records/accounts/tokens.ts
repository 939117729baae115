import { chunked } from "@landfall/db/sql/insert-rows";
import type { Reader, Tx } from "@landfall/db/store";
import type { Schema, TokenRow } from "@landfall/db/tables/schema";
import type { Scope } from "@landfall/schema/scope";
import { and, eq, gt, inArray, isNull, ne, or, type SQL, sql } from "drizzle-orm";
import { hashToken } from "../../access/token-text.ts";
import { quoted } from "../../access/unknown-names.ts";
import type { Actor } from "../../kernel/actor.ts";
import { notFound, unauthenticated } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import { type MutationContext, recordAudit } from "../audit.ts";

/** The owner of a token: a user or an organization. */
export type TokenOwner = { readonly userId: number } | { readonly organizationId: number };

export type TokenDraft = {
  readonly owner: TokenOwner;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly dateExpires: Date | null;
  /** The parent of the token if the caller does not use a token. */
  readonly parentId?: number | null;
};

const LAST_CHARACTERS = 4;

/**
 * Stores a new token, of whose text only the sha256 and the last characters. If the caller uses a token, the new one is its child and expires
 * no later. `parentId` is the parent of a token that replaces another. Records the audit event.
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

/** Throws 401 for a token that another request has revoked since the caller was authenticated, so that it leaves no child. */
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

/** The earlier of two expiry dates; null means never. */
function earlier(one: Date | null, other: Date | null): Date | null {
  if (one === null || other === null) return one ?? other;
  return one < other ? one : other;
}

/**
 * Revokes the selected tokens that are not revoked yet, with their children and the children of these, from the next request on. Two
 * exceptions: the children of a token that has already expired stay valid, and so does the caller's own token if its parent is revoked.
 * Records an audit event for each and returns the revoked tokens.
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

/** Revokes one token with its children. Throws 404 if another request has revoked it. */
export async function revokeOneToken(on: MutationContext, { id }: TokenRow): Promise<void> {
  const revoked = await revokeTokens(on, eq(on.tx.tables.tokens.id, id));
  if (revoked.length === 0) throw notFound(`The token ${id} was revoked by another request.`);
}

/** Revokes all personal tokens of a user with their children. Returns how many tokens were revoked. */
export async function revokeTokensOfUser(on: MutationContext, userId: number): Promise<number> {
  return (await revokeTokens(on, eq(on.tx.tables.tokens.userId, userId))).length;
}

/** Makes the children of `from` children of `to`, which replaces it. None of their descendants expires later than `to`. */
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

/** The condition that a token is neither revoked nor expired. `now` may be a parameter of a prepared statement. */
export const isLiveToken = ({ dateRevoked, dateExpires }: Schema["tokens"], now: Date): SQL | undefined =>
  and(isNull(dateRevoked), or(isNull(dateExpires), gt(dateExpires, sql.param(now, dateExpires))));

/** Finds a token of an owner by its id, as sent. Throws 404 if it is unknown or, with "unrevoked", was revoked. */
export async function findToken(db: Reader, id: string, owner: TokenOwner, which: "unrevoked" | "any"): Promise<TokenRow> {
  const { tokens } = db.tables;
  const isOfOwner = "userId" in owner ? eq(tokens.userId, owner.userId) : eq(tokens.organizationId, owner.organizationId);
  const [token] = await db
    .select()
    .from(tokens)
    .where(and(eq(tokens.id, readId(id)), isOfOwner, which === "unrevoked" ? isNull(tokens.dateRevoked) : undefined));
  if (!token) throw notFound(`No ${which === "unrevoked" ? "active " : ""}token with the id ${quoted(id)}.`);
  return token;
}

const idsOf = (rows: readonly { readonly id: number }[]): number[] => rows.map(({ id }) => id);
