import type { FrameLine } from "./frame-line.ts";
import { functionNameOf, looksLikeUrl, parsePlace } from "./parse-place.ts";

/**
 * A line as Firefox and Safari write it: `checkout@https://example.com/app.js:1:42`; also one copied from a console's list of calls:
 * `checkout @ app.js:1`. Null when it is none.
 */
export function parseAtSignLine(text: string): FrameLine | null {
  const line = text.trim();
  if (looksLikeUrl(line)) return parseFrame(text, "", line);
  const spaced = line.indexOf(" @ ");
  if (spaced !== -1) return parseFrame(text, line.slice(0, spaced), line.slice(spaced + 3));
  const sign = line.indexOf("@");
  if (sign === -1) return null;
  const [name, place] = [line.slice(0, sign), line.slice(sign + 1)];
  // Somebody's address in a sentence is no call.
  if (!looksLikeUrl(place) && /\s/.test(name)) return null;
  return parseFrame(text, name, place);
}

function parseFrame(text: string, name: string, written: string): FrameLine | null {
  const evaluated = /^(.*?) line (\d{1,9}) > (?:eval|Function|injectedScript)/.exec(written);
  const place = evaluated === null ? parsePlace(written) : { url: evaluated[1] || null, line: Number(evaluated[2]), column: null };
  if (place.url === null && !/^\[native code\]$|^<anonymous>/.test(written.trim())) return null;
  if (place.url !== null && (place.line === null || (/\s/.test(place.url) && !looksLikeUrl(place.url)))) return null;
  // `promise callback*pay@…` and `async*pay@…` tell how the call came about.
  return { kind: "frame", text, functionName: functionNameOf(name.slice(name.lastIndexOf("*") + 1)), ...place };
}
