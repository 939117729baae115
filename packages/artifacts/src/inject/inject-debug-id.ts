import { contentId } from "../debug-ids/content-id.ts";
import { lastComment } from "../debug-ids/last-comment.ts";
import { readDebugId, readMapDebugId } from "../debug-ids/read-debug-id.ts";
import { decodeDataUrl } from "../maps/decode-data-url.ts";
import { parseMapJson } from "../maps/parse-source-map.ts";
import { debugIdSnippet, hasDebugIdSnippet } from "./debug-id-snippet.ts";
import { injectionPoint, type InjectionPoint } from "./injection-point.ts";
import { shiftMap, type Insertion } from "./shift-map.ts";

/** A minified file and its source map with one debug id in both. */
export interface Injected {
  readonly debugId: string;
  readonly script: string;
  /** Null when there was none, or it is inside the script. */
  readonly map: string | null;
  readonly isScriptChanged: boolean;
  readonly isMapChanged: boolean;
}

/**
 * Puts a debug id into a built script and its map: a line that tells it at run time, a `//# debugId=` comment, `debugId` and `debug_id` in the
 * map, whose mappings then count the added lines. The id is the one that either has already (of both, the script's), else one made of their
 * content, so that the same build gives the same id. What is there already is left: doing it twice changes nothing, whichever tool was first.
 *
 * Give the map in `map`, or leave it null for a script that carries its map inside or has none. Throws `MapProblem` for a map that is none.
 */
export function injectDebugId({ script, map }: { readonly script: string; readonly map: string | null }): Injected {
  const inline = map === null ? inlineMap(script) : null;
  const mapText = map ?? inline?.text ?? null;
  const json = mapText === null ? null : parseMapJson(mapText);
  const debugId = readDebugId(script) ?? (json === null ? null : readMapDebugId(json)) ?? contentId(script, mapText ?? "");

  const insertion = hasDebugIdSnippet(script, debugId) ? null : insertionAt(script, injectionPoint(script), debugId);
  const newMap = json === null || mapText === null ? null : withDebugId(json, mapText, debugId, insertion);
  const withMap = inline === null || newMap === null || newMap === mapText ? script : replaceMap(script, inline, newMap);
  const withSnippet = insertion === null ? withMap : withMap.slice(0, insertion.index) + insertion.text + withMap.slice(insertion.index);
  const newScript =
    readDebugId(withSnippet) === debugId
      ? withSnippet
      : `${withSnippet}${/(?:^|\n)$/.test(withSnippet) ? "" : "\n"}//# debugId=${debugId}\n`;

  const kept = map === null ? null : newMap;
  return { debugId, script: newScript, map: kept, isScriptChanged: newScript !== script, isMapChanged: kept !== map };
}

interface InlineMap {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

function inlineMap(script: string): InlineMap | null {
  const comment = lastComment(script, "sourceMappingURL");
  if (comment === null || !/^data:/i.test(comment.value)) return null;
  return { text: new TextDecoder().decode(decodeDataUrl(comment.value)), start: comment.start, end: comment.end };
}

function replaceMap(script: string, { start, end }: InlineMap, map: string): string {
  const encoded = Buffer.from(map).toString("base64");
  return `${script.slice(0, start)}//# sourceMappingURL=data:application/json;charset=utf-8;base64,${encoded}${script.slice(end)}`;
}

function insertionAt(
  script: string,
  { index, line, column }: InjectionPoint,
  debugId: string,
): Insertion & { readonly index: number; readonly text: string } {
  const snippet = debugIdSnippet(debugId);
  // In the middle of a line, or behind a first line that nothing follows, the snippet ends that line first.
  const text = column === 0 ? `${snippet}\n` : `\n${snippet}\n`;
  return { index, line, column, lines: column === 0 ? 1 : 2, text };
}

function withDebugId(json: object, text: string, debugId: string, insertion: Insertion | null): string {
  const { debugId: standard, debug_id: older } = Object.fromEntries(Object.entries(json));
  if (insertion === null && (standard === debugId || older === debugId)) return text;
  return JSON.stringify({ ...(insertion === null ? json : shiftMap(json, insertion)), debug_id: debugId, debugId });
}
