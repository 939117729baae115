import { equalTo } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { eq } from "drizzle-orm";
import type { Actor } from "../kernel/actor.ts";
import { AppError } from "../kernel/app-error.ts";
import { grantedScopes } from "./scopes.ts";
import { hashToken } from "./token-text.ts";

/**
 * Authenticates a request by its `Authorization` header: a personal or organization token, sent as a bearer token or, by clients with an API
 * key, as the user name of Basic authentication with an empty password (contract 16.1). Returns null if the header has no token. Throws
 * `unauthenticated` for an unknown, revoked or expired one, with the message that contract 1.20 prescribes. One statement.
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
  if (!actor) throw new Error(`token ${found.id} has no owner`);
  return actor;
}

const UNKNOWN = { user: "Invalid token", organization: "Invalid org token", any: "API key is not valid" } as const;

/** The kind of a bearer token follows from its prefix; an API key may be of either kind. */
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

/** The credentials of a request: a bearer token, or an API key as the user name of Basic authentication (contract 16.1). */
type Credential = { readonly scheme: "bearer" | "key"; readonly token: string };

/**
 * Parses an `Authorization` header. Returns null for an empty header and for another scheme (contract 16.1). Throws `unauthenticated` for a
 * malformed header (contract 1.20).
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

/** Returns null if there is a password: the API does not accept user names with passwords. */
function readKey(encoded: string): Credential | null {
  const [, token, password] = /^([^:]*):(.*)$/s.exec(Buffer.from(encoded, "base64").toString()) ?? [];
  if (token === undefined) throw new AppError("unauthenticated", "Invalid basic header. Credentials not correctly base64 encoded.");
  return password === "" ? { scheme: "key", token } : null;
}
