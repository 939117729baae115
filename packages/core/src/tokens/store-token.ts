import type { TokenRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import type { Scope } from "@landfall/schema/scope";
import { and, eq, isNull } from "drizzle-orm";
import type { Actor } from "../access/actor.ts";
import { unauthenticated } from "../app-error.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { hashToken } from "./hash-token.ts";

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
