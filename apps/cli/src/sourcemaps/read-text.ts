import { readFile } from "node:fs/promises";

/** The text of a file, its byte order mark kept; null for one that is no UTF-8, which no script of a bundler is. */
export async function readText(path: string): Promise<string | null> {
  const bytes = await readFile(path);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
