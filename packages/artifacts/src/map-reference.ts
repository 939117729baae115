/** A script's reference to its source map. */
export interface MapReference {
  /** A path, a URL, or a `data:` URL that contains the map; as written. */
  readonly reference: string;
  readonly from: "header" | "comment";
  readonly isInline: boolean;
}

/**
 * Returns a script's reference to its source map: from its headers (`SourceMap`, `X-SourceMap` and the manifest's `sourcemap`, in any case), which
 * have precedence in the standard, else from its last `sourceMappingURL` comment. Null if there is none.
 */
export function mapReference(script: {
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}): MapReference | null {
  const header = headerOf(script.headers ?? {});
  if (header !== null) return toReference(header, "header");
  const comment = script.text === undefined ? null : lastComment(script.text, "sourceMappingURL");
  return comment === null ? null : toReference(comment.value, "comment");
}

function headerOf(headers: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  for (const wanted of ["sourcemap", "x-sourcemap"]) {
    const value = entries.find(([name]) => name === wanted)?.[1];
    if (value !== undefined && value !== "") return value;
  }
  return null;
}

function toReference(reference: string, from: MapReference["from"]): MapReference {
  return { reference, from, isInline: /^data:/i.test(reference) };
}

/** The maximum number of positions in a script that are checked for a comment. */
const maxAttempts = 100;

/** A comment for tools in a script, such as `//# sourceMappingURL=app.js.map`, with its position. */
export interface ToolComment {
  readonly value: string;
  /** The index of the first character. */
  readonly start: number;
  /** The index after the last character, before the end of the line. */
  readonly end: number;
}

/**
 * Returns the last comment with this name in a script or style sheet. Ignores similar text in string literals: a value contains no quotes, and
 * nothing follows it in the line. Checks only the last 100 places.
 */
export function lastComment(text: string, name: string): ToolComment | null {
  let from = text.length;
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const at = text.lastIndexOf(`${name}=`, from);
    if (at < 4) return null;
    const opening = text.slice(at - 4, at);
    const lineEnd = endOfLine(text, at);
    const rest = text.slice(at + name.length + 1, lineEnd).trimEnd();
    const value = /^\/\/[#@][ \t]$/.test(opening)
      ? rest
      : /^\/\*[#@][ \t]$/.test(opening) && rest.endsWith("*/")
        ? rest.slice(0, -2).trim()
        : "";
    if (value !== "" && !/[\s"'`]/.test(value)) return { value, start: at - 4, end: at + name.length + 1 + rest.length };
    from = at - 1;
  }
  return null;
}

function endOfLine(text: string, from: number): number {
  const feed = text.indexOf("\n", from);
  return feed === -1 ? text.length : feed;
}
