/** Where a script says that its source map is. */
export interface MapReference {
  /** A path, an address, or a `data:` address with the map in it; as written. */
  readonly reference: string;
  readonly from: "header" | "comment";
  readonly isInline: boolean;
}

/**
 * Which source map a script refers to. Its headers are asked first (`SourceMap`, `X-SourceMap` and the manifest's `sourcemap`, in any case),
 * as the standard has it, then its last `sourceMappingURL` comment. Null when neither says.
 */
export function mapReference(script: {
  readonly text?: string | undefined;
  readonly headers?: Readonly<Record<string, string>> | undefined;
}): MapReference | null {
  const header = headerOf(script.headers ?? {});
  if (header !== null) return referring(header, "header");
  const comment = script.text === undefined ? null : lastComment(script.text, "sourceMappingURL");
  return comment === null ? null : referring(comment.value, "comment");
}

function headerOf(headers: Readonly<Record<string, string>>): string | null {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value.trim()] as const);
  for (const wanted of ["sourcemap", "x-sourcemap"]) {
    const value = entries.find(([name]) => name === wanted)?.[1];
    if (value !== undefined && value !== "") return value;
  }
  return null;
}

function referring(reference: string, from: MapReference["from"]): MapReference {
  return { reference, from, isInline: /^data:/i.test(reference) };
}

const attempts = 100;

/** A comment for tools in a script, as `//# sourceMappingURL=app.js.map`, and where it stands. */
export interface ToolComment {
  readonly value: string;
  /** Index of the comment's first character. */
  readonly start: number;
  /** Index behind its last, before the line's end. */
  readonly end: number;
}

/**
 * The last comment of this name in a script or style sheet. What looks like one in a string literal is passed over: a value has no quotes,
 * and nothing follows it in its line. Looks at the last 100 places only.
 */
export function lastComment(text: string, name: string): ToolComment | null {
  let from = text.length;
  for (let attempt = 0; attempt < attempts; attempt += 1) {
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
