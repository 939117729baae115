import { createHash } from "node:crypto";

/** What is stored of a token: the sha256 of its whole text, as hex. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("hex");
