import { hash } from "node:crypto";

/** What is stored of a token: the sha256 of its text, in hex. */
export const hashToken = (text: string): string => hash("sha256", text, "hex");
