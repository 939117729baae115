import { createHash } from "node:crypto";
import { baseNameWithoutHash } from "@landfall/artifacts/urls";

/** Identifies a file of a release: the sha1 of its name and dist (contract 8.1). */
export const fileIdent = (name: string, dist: string): string =>
  createHash("sha1")
    .update(dist === "" ? name : `${name}\0\0${dist}`)
    .digest("hex");

/** Identifies a URL or path in an index, whose keys have a bounded length. */
export const textKey = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 32);

/** Identifies similar URLs and paths: the key is the same for names whose last segments differ only in a hash. */
export const nameKey = (name: string): string => textKey(baseNameWithoutHash(name));
