import { equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/app-error.ts";
import { grantedScopes } from "./scopes.ts";
import { hashToken } from "./token-text.ts";

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

const selectToken = prepared((db: Reader, param: { hash: string }) => {
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
    .where(equalTo(tokens.tokenHash, param.hash))
    .prepare();
});

/** What a request proves itself with: a bearer token, or a key in the place of a Basic user name (contract 16.1). */
type Credential = { readonly scheme: "bearer" | "key"; readonly token: string };

/**
 * The credential in an `Authorization` header; null when there is none, or one of a scheme that is not ours, which counts as none
 * (contract 16.1). Throws `unauthenticated` for a header that cannot be read (contract 1.20).
 */
export function readAuthorization(header: string): Credential | null {
  const [scheme, ...words] = header.split(/\s+/).filter((word) => word !== "");
  switch (scheme?.toLowerCase()) {
    case "bearer":
      return { scheme: "bearer", token: singleWord(words, "token", "Token") };
    case "basic":
      return readKey(singleWord(words, "basic", "Credentials"));
    default:
      return null;
  }
}

function singleWord([word, ...more]: readonly string[], kind: string, noun: string): string {
  if (word === undefined) throw new AppError("unauthenticated", `Invalid ${kind} header. No credentials provided.`);
  if (more.length > 0) throw new AppError("unauthenticated", `Invalid ${kind} header. ${noun} string should not contain spaces.`);
  return word;
}

/** With a password it is somebody's sign-in, which this wire does not take. */
function readKey(encoded: string): Credential | null {
  const [, token, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (token === undefined) throw new AppError("unauthenticated", "Invalid basic header. Credentials not correctly base64 encoded.");
  return password === "" ? { scheme: "key", token } : null;
}
