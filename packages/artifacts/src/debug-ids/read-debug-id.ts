import { lastComment } from "./last-comment.ts";
import { normalizeDebugId } from "./normalize-debug-id.ts";

/** The debug id that a script bears in its `//# debugId=` comment. Null without one, and for one that is no UUID. */
export function readDebugId(script: string): string | null {
  return normalizeDebugId(lastComment(script, "debugId")?.value ?? "");
}

/** The debug id in a source map's JSON: `debugId` as the standard has it, or `debug_id` as sentry-cli 2 writes it. */
export function readMapDebugId(map: object): string | null {
  for (const key of ["debugId", "debug_id"]) {
    const value: unknown = Reflect.get(map, key);
    const id = typeof value === "string" ? normalizeDebugId(value) : null;
    if (id !== null) return id;
  }
  return null;
}
