import { lastComment } from "./last-comment.ts";

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
