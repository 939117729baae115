import { hash } from "node:crypto";
import type { Context } from "../kernel/context.ts";

const SECRET_BYTES = 32;

/** The text of a new token of a person: `sntryu_` and 64 hex digits (contract 16.1). */
export const generateUserToken = ({ randomHex }: Pick<Context, "randomHex">): string => `sntryu_${randomHex(SECRET_BYTES)}`;

/**
 * The text of a new token of an organization (contract 16.1, clients 9). `tokenOrigin` null stands for a server that was not told its
 * address: clients then keep to the one they are given, where a wrong one would override it. Clients take the organization and the server's address from
 * its payload, so that they need no other settings. Every client parses padded standard base64 with exactly these four keys, and a
 * secret of unpadded standard base64.
 */
export function generateOrgToken(
  { randomHex, origin, tokenOrigin = origin }: Pick<Context, "randomHex" | "origin" | "tokenOrigin">,
  organizationSlug: string,
  now: Date,
): string {
  const payload = { iat: now.getTime() / 1000, url: tokenOrigin, region_url: origin, org: organizationSlug };
  const secret = Buffer.from(randomHex(SECRET_BYTES), "hex").toString("base64").replace(/=+$/, "");
  return `sntrys_${Buffer.from(JSON.stringify(payload)).toString("base64")}_${secret}`;
}

/** What is stored of a token: the sha256 of its text, in hex. */
export const hashToken = (text: string): string => hash("sha256", text, "hex");
