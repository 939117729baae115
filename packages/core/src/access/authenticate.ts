import { equalTo } from "@landfall/db/equal-to";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { eq, sql } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { hashToken } from "../tokens/hash-token.ts";
import type { Actor } from "./actor.ts";
import { grantedScopes } from "./granted-scopes.ts";
import { type Credential, readAuthorization } from "./read-authorization.ts";

/**
 * Who a request is from, by its `Authorization` header: a person's or an organization's token as a bearer token, or as the user name
 * of Basic authentication with an empty password, as clients with an API key send it (contract 16.1). Null when the header names
 * nobody. Throws `unauthenticated` with the contract's text for credentials that are none (any more) (contract 1.20). One statement.
 */
export async function authenticate(db: Reader, header: string | null | undefined, now: Date): Promise<Actor | null> {
  const credential = header ? readAuthorization(header) : null;
  if (!credential) return null;
  const [found] = await selectToken(db, { hash: hashToken(credential.token) });
  const kind = expectedKind(credential);
  if (!found || found.dateRevoked !== null || (kind !== "any" && found.kind !== kind)) throw new AppError("unauthenticated", UNKNOWN[kind]);
  if (found.dateExpires !== null && found.dateExpires <= now) throw new AppError("unauthenticated", "Token expired");
  if (found.kind === "user" && found.isActive !== true) throw new AppError("unauthenticated", "User inactive or deleted");
  const actor = actorOf(found);
  if (!actor) throw new Error(`token ${found.id} belongs to nobody`);
  return actor;
}

const UNKNOWN = { user: "Invalid token", organization: "Invalid org token", any: "API key is not valid" } as const;

/** Bearer tokens say by their beginning whose they are; a key may be anybody's. */
function expectedKind({ scheme, token }: Credential): keyof typeof UNKNOWN {
  if (scheme === "key") return "any";
  return token.startsWith("sntrys_") ? "organization" : "user";
}

type Owned = { readonly id: number; readonly userId: number | null; readonly organizationId: number | null; readonly scopes: string[] };

function actorOf({ id: tokenId, userId, organizationId, scopes: stored }: Owned): Actor | null {
  const scopes = grantedScopes(stored);
  if (userId !== null) return { kind: "user", userId, tokenId, scopes };
  return organizationId === null ? null : { kind: "organization", organizationId, tokenId, scopes };
}

const selectToken = prepared((db: Reader) => {
  const { tokens, users } = db.tables;
  return db
    .select({
      id: tokens.id,
      kind: tokens.kind,
      userId: tokens.userId,
      organizationId: tokens.organizationId,
      scopes: tokens.scopes,
      dateExpires: tokens.dateExpires,
      dateRevoked: tokens.dateRevoked,
      isActive: users.isActive,
    })
    .from(tokens)
    .leftJoin(users, eq(users.id, tokens.userId))
    .where(equalTo(tokens.tokenHash, sql.placeholder("hash")))
    .prepare();
});
