import { mapReference } from "@landfall/artifacts/debug-ids/map-reference";
import { readDebugId } from "@landfall/artifacts/debug-ids/read-debug-id";
import { decodeDataUrl } from "@landfall/artifacts/maps/decode-data-url";
import type { ScriptReading } from "./map-reader.ts";

/** No file is called by more. */
const LONGEST_REFERENCE = 8192;

/** What a script says of itself in its comments. */
export function readScript(bytes: Uint8Array): ScriptReading {
  const text = new TextDecoder().decode(bytes);
  const reference = mapReference({ text });
  if (reference === null) return { isRead: true, debugId: readDebugId(text), reference };
  const shown = reference.isInline ? "data:" : reference.reference.slice(0, LONGEST_REFERENCE);
  return { isRead: true, debugId: readDebugId(text), reference: { ...reference, reference: shown } };
}

/** The source map inside a script. Throws `MapProblem`. */
export function inlineMapOf(bytes: Uint8Array): Uint8Array {
  return decodeDataUrl(mapReference({ text: new TextDecoder().decode(bytes) })?.reference ?? "");
}
