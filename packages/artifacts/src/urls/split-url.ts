/** An address in parts as they are written, nothing decoded or encoded; the fragment is gone. */
export interface UrlParts {
  /** `https://example.com`, `app://`, `~`, or nothing for a path. */
  readonly origin: string;
  /** Starts with a slash. */
  readonly path: string;
  /** With its question mark, or nothing. */
  readonly query: string;
}

const address = /^([a-z][a-z\d+.-]*:\/\/[^/?#]*|~)?([^?#]*)(\?[^#]*)?/i;

/**
 * The parts of a script's address or path. Null for what no file can be uploaded for: `<anonymous>`, `[native code]`, `native`, `node:fs`,
 * `blob:` and `data:` addresses, Windows paths, paths that climb.
 *
 * The parser of the platform is no help: it rewrites addresses (`\`, `[`, `..`), and files are found by their exact names.
 */
export function splitUrl(text: string): UrlParts | null {
  const [, origin = "", written = "", query = ""] = address.exec(text.trim()) ?? [];
  if (written === "" || written.includes("\\")) return null;
  if (origin !== "") return written.startsWith("/") ? { origin, path: written, query } : null;
  if (/^[<[]|^[a-z][a-z\d+.-]*:|^\.\.\/|^native$/i.test(written)) return null;
  const path = written.replace(/^(\.\/)+/, "");
  return { origin, path: path.startsWith("/") ? path : `/${path}`, query };
}
