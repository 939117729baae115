import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { expandScopes } from "@landfall/schema/scope";
import { eq, sql } from "drizzle-orm";
import { AppError } from "../app-error.ts";
import { hashToken } from "../tokens/hash-token.ts";
import type { Actor } from "./actor.ts";

/** Who an `Authorization` header names (contract 16.1). Throws `unauthenticated` with the wire's text for one that names nobody. */
export async function authenticate(db: Reader, authorization: string, now: Date): Promise<Actor> {
  const token = tokenOf(authorization);
  const [row] = await selectToken(db, { hash: hashToken(token.text) });
  if (!row || row.dateRevoked !== null) throw refused(token.isUnknown);
  if (row.dateExpires !== null && row.dateExpires <= now) throw refused("Token expired");
  const scopes = expandScopes(row.scopes);
  if (row.organizationId !== null) return { kind: "organization", organizationId: row.organizationId, tokenId: row.id, scopes };
  if (row.userId === null || row.userIsActive !== true) throw refused("User inactive or deleted");
  return { kind: "user", userId: row.userId, tokenId: row.id, scopes };
}

type Credential = { readonly text: string; /** What is said when no such token is known. */ readonly isUnknown: string };

function tokenOf(authorization: string): Credential {
  const [scheme = "", ...words] = authorization.trim().split(/\s+/);
  switch (scheme.toLowerCase()) {
    case "bearer":
      return bearer(words);
    case "basic":
      return basic(words);
    default:
      throw refused("Authentication credentials were not provided.");
  }
}

function bearer([text, ...more]: readonly string[]): Credential {
  if (text === undefined) throw refused("Invalid token header. No credentials provided.");
  if (more.length > 0) throw refused("Invalid token header. Token string should not contain spaces.");
  return { text, isUnknown: text.startsWith("sntrys_") ? "Invalid org token" : "Invalid token" };
}

/** Clients before version 3 send `SENTRY_API_KEY` as the name of a Basic login without password: any of our tokens may stand there. */
function basic([encoded = ""]: readonly string[]): Credential {
  const [text = "", password] = Buffer.from(encoded, "base64").toString("utf8").split(/:(.*)/s, 2);
  if (password !== "" || text === "") throw refused("Authentication credentials were not provided.");
  return { text, isUnknown: "API key is not valid" };
}

const refused = (message: string): AppError => new AppError("unauthenticated", message);

const selectToken = prepared((db: Reader) => {
  const { tokens, users } = db.tables;
  return db
    .select({
      id: tokens.id,
      userId: tokens.userId,
      organizationId: tokens.organizationId,
      scopes: tokens.scopes,
      dateExpires: tokens.dateExpires,
      dateRevoked: tokens.dateRevoked,
      userIsActive: users.isActive,
    })
    .from(tokens)
    .leftJoin(users, eq(users.id, tokens.userId))
    .where(eq(tokens.tokenHash, sql.placeholder("hash")))
    .prepare();
});
