import { showSize } from "../archive/bundle-limits.ts";
import { mapLimits } from "./map-limits.ts";
import { MapProblem } from "./map-problem.ts";

/** The source map inside a `data:` reference. Throws `MapProblem`. */
export function decodeDataUrl(reference: string, maxBytes: number = mapLimits.bytes): Uint8Array {
  const match = /^data:([^,]{0,200}),/i.exec(reference.slice(0, 210));
  if (match === null) throw new MapProblem("not-a-map", "The script refers to no source map: its reference is no data: address.");
  const [head, parameters = ""] = match;
  const content = reference.slice(head.length);
  const isBase64 = /;\s*base64\s*$/i.test(parameters);
  // Percent-encoding only ever shrinks; base64 gives 3 bytes for 4 characters.
  if (content.length > (isBase64 ? Math.ceil(maxBytes / 3) * 4 : maxBytes * 3)) throw tooLarge(maxBytes);
  const bytes = isBase64 ? Buffer.from(decode(content), "base64") : Buffer.from(decode(content));
  if (bytes.byteLength > maxBytes) throw tooLarge(maxBytes);
  return bytes;
}

function decode(content: string): string {
  try {
    return decodeURIComponent(content);
  } catch (cause) {
    throw new MapProblem("damaged", "The source map inside the script is not encoded correctly. Build the script again.", { cause });
  }
}

function tooLarge(maxBytes: number): MapProblem {
  return new MapProblem(
    "too-large",
    `The source map inside the script is larger than ${showSize(maxBytes)}. Write it to a file of its own.`,
  );
}
