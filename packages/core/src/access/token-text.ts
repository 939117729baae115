import { hash } from "node:crypto";
import type { Context } from "../kernel/context.ts";

const SECRET_BYTES = 32;

/** Generates a personal token: `sntryu_` and 64 hex digits (contract 16.1). */
export const generateUserToken = ({ randomHex }: Pick<Context, "randomHex">): string => `sntryu_${randomHex(SECRET_BYTES)}`;

/**
 * Generates an organization token (contract 16.1, clients 9). Clients read the organization and the URL of the server from its payload, so
 * that they need no other settings. `tokenOrigin` is null for a server without a configured URL: clients then use the URL of their own
 * settings, which a wrong one would override. Every client parses padded standard base64 with exactly these four keys, and a secret of
 * unpadded standard base64.
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

/** The hash that is stored of a token or another secret: its sha256 in hex. */
export const hashToken = (text: string): string => hash("sha256", text, "hex");
