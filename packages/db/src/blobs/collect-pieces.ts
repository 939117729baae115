import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** So many bytes may pass before what held them is collected. A collection takes about a millisecond, writing them a hundred. */
const BYTES_PER_COLLECTION = 16 * 1024 * 1024;

let passed = 0;
let collect: ((options: { readonly type: "minor"; readonly execution: "sync" }) => void) | undefined;

/**
 * Told of bytes that went by in pieces nobody needs any more. V8 counts a piece as the few bytes of its handle, and so lets a hundred and
 * more MB of them lie until its nursery is full; this collects the nursery before that.
 */
export function collectGarbageAfter(bytes: number): void {
  passed += bytes;
  if (passed < BYTES_PER_COLLECTION) return;
  passed = 0;
  collect ??= exposedGc();
  collect({ type: "minor", execution: "sync" });
}

function exposedGc(): NonNullable<typeof collect> {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof gc === "function" ? (options) => void gc(options) : () => undefined;
}
