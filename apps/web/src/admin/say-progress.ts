import type { CopyProgress } from "@landfall/db/blobs/copy-blobs";
import { formatBytes } from "../ui/bytes-text.ts";
import { formatCount } from "../ui/counted.ts";
import type { Output } from "./output.ts";

/** Milliseconds between two lines. */
const PAUSE = 5_000;

/** Tells how far a copying of artifacts is, every five seconds; nothing of one that is done before. */
export function createProgressReporter(out: Pick<Output, "say">, now: () => number = Date.now): (progress: CopyProgress) => void {
  let said = now();
  return ({ blobs, ofBlobs, bytes, ofBytes }) => {
    if (now() - said < PAUSE) return;
    said = now();
    out.say(`${blobs.toLocaleString("en")} of ${formatCount(ofBlobs, "artifact")}, ${formatBytes(bytes)} of ${formatBytes(ofBytes)} …`);
  };
}
