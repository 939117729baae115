import { createHmac, timingSafeEqual } from "node:crypto";

/** What signs a project's release webhook: the hex HMAC-SHA256 of `builtin-<project id>` under the project's token (contract 10.5). */
export const releaseSignature = (token: string, projectId: number): string =>
  createHmac("sha256", token).update(`builtin-${projectId}`).digest("hex");

/** Whether a signature is the project's; never for a project without a token. Takes as long for any signature of the right length. */
export function verifyReleaseSignature(token: string | null, projectId: number, signature: string): boolean {
  if (token === null) return false;
  const expected = Buffer.from(releaseSignature(token, projectId));
  const given = Buffer.from(signature);
  return given.length === expected.length && timingSafeEqual(given, expected);
}
