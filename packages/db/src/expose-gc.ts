import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

type CollectGarbage = (options: { readonly type: "minor" | "major"; readonly execution: "sync"; readonly flavor?: "last-resort" }) => void;

/** Returns V8's `gc` function without the command line option `--expose-gc`; a function that does nothing if there is none. */
export function exposeGc(): CollectGarbage {
  setFlagsFromString("--expose-gc");
  const gc: unknown = runInNewContext("gc");
  setFlagsFromString("--no-expose-gc");
  return typeof gc === "function" ? (options) => void gc(options) : () => undefined;
}
