import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

type Bytes = Uint8Array<ArrayBuffer>;

/** Converts text to bytes. */
const bytesOf = (content: string | Bytes): Bytes => (typeof content === "string" ? new TextEncoder().encode(content) : content);

export const sha1 = (content: string | Bytes): string => createHash("sha1").update(bytesOf(content)).digest("hex");

/** A form with files and texts in the given order: `["file", content, filename]` or `["name", text]`. */
export function formOf(
  ...parts: readonly (readonly [name: string, content: string | Bytes, filename?: string, type?: string])[]
): FormData {
  const form = new FormData();
  for (const [name, content, filename, type = "application/octet-stream"] of parts) {
    if (filename === undefined && typeof content === "string") form.append(name, content);
    else form.append(name, new File([bytesOf(content)], filename ?? "", { type }));
  }
  return form;
}

/** A form of chunks as clients send them, uncompressed. */
export const chunkForm = (...contents: readonly (string | Bytes)[]): FormData =>
  formOf(...contents.map((content) => ["file", content, sha1(content)] as const));

/** A form of chunks as clients send them, compressed with gzip. */
export const gzipForm = (...contents: readonly (string | Bytes)[]): FormData =>
  formOf(...contents.map((content) => ["file_gzip", new Uint8Array(gzipSync(bytesOf(content))), sha1(content)] as const));
