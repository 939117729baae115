import type { TokenRow } from "@landfall/db/rows";
import type { Scope } from "@landfall/schema/scope";
import { recordAudit } from "../audit/record-audit.ts";
import { hashToken } from "./hash-token.ts";

/** Whose a token is: a person's or an organization's. */
export type TokenOwner = { readonly userId: number } | { readonly organizationId: number };

export type TokenDraft = {
  readonly owner: TokenOwner;
  readonly name: string;
  readonly scopes: readonly Scope[];
  readonly dateExpires: Date | null;
};

type On = Parameters<typeof recordAudit>[0];

const LAST_CHARACTERS = 4;

/** Stores a new token: of its text only the sha256 and the last characters. Writes the audit row. */
export async function storeToken(on: On, { owner, name, scopes, dateExpires }: TokenDraft, text: string): Promise<TokenRow> {
  const { tx, actor, now } = on;
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
      dateCreated: now,
      dateExpires,
    })
    .returning();
  if (!row) throw new Error("a token was not stored");
  await recordAudit(on, { organizationId, action: "token.create", target: name, details: { id: row.id, userId, scopes, dateExpires } });
  return row;
}
