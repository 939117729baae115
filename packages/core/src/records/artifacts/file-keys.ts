import { createHash } from "node:crypto";
import { baseNameWithoutHash } from "@landfall/artifacts/urls";

/** Names a release's file by its address and dist (contract 8.1). */
export const fileIdent = (name: string, dist: string): string =>
  createHash("sha1")
    .update(dist === "" ? name : `${name}\0\0${dist}`)
    .digest("hex");

/** Names an address or a path in an index, which takes texts of any length only in this form. */
export const textKey = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** Names what is like an address or a path: those whose last part is the same but for a hash have the same. */
export const nameKey = (name: string): string => textKey(baseNameWithoutHash(name));
