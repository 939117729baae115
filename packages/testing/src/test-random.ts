import { createHash } from "node:crypto";

/** Bytes that are the same in every run and never the same twice in one. */
export function testRandom(seed = "landfall"): (bytes: number) => string {
  let count = 0;
  return (bytes) => {
    let hex = "";
    while (hex.length < bytes * 2) hex += createHash("sha256").update(`${seed}:${count++}`).digest("hex");
    return hex.slice(0, bytes * 2);
  };
}
