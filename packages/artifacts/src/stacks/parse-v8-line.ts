import type { FrameLine } from "./frame-line.ts";
import { functionNameOf, looksLikeUrl, parsePlace } from "./parse-place.ts";

/** A line as Chrome, Edge, Node, Deno and Hermes write it: `at checkout (https://example.com/app.js:1:42)`. Null when it is none. */
export function parseV8Line(text: string): FrameLine | null {
  const line = text.trim();
  if (!line.startsWith("at ")) return null;
  const call = line
    .slice(3)
    .trim()
    .replace(/^async /, "");
  const opening = call.indexOf(" (");
  if (call.endsWith(")") && opening !== -1) {
    const inside = call.slice(opening + 2, -1);
    const place = parsePlace(inside.startsWith("eval at ") ? evalOrigin(inside) : inside);
    if (place.url !== null && place.line === null) return null;
    return { kind: "frame", text, functionName: functionNameOf(call.slice(0, opening).replace(/^new /, "")), ...place };
  }
  const place = parsePlace(call);
  if (place.url === null) return looksLikeUrl(call) ? { kind: "frame", text, functionName: null, ...place } : null;
  // "at 10:30 the job failed" is a sentence.
  if (place.line === null || (/\s/.test(place.url) && !looksLikeUrl(place.url))) return null;
  return { kind: "frame", text, functionName: null, ...place };
}

/** Of `eval at a (eval at b (app.js:1:2), <anonymous>:1:1), <anonymous>:3:4` the place in a file: `app.js:1:2`. */
function evalOrigin(inside: string): string {
  const opening = inside.lastIndexOf(" (");
  const closing = inside.indexOf(")", opening);
  return opening === -1 || closing === -1 ? "" : inside.slice(opening + 2, closing);
}
