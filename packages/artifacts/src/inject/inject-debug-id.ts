import { contentId, readDebugId, readMapDebugId } from "../debug-ids.ts";
import { lastComment } from "../map-reference.ts";
import { decodeDataUrl, parseMapJson } from "../maps/parse-source-map.ts";
import { type Insertion, shiftMap } from "./shift-map.ts";

/** A minified file and its source map with the same debug id. */
export interface Injected {
  readonly debugId: string;
  readonly script: string;
  /** Null if there is no map, or if it is inside the script. */
  readonly map: string | null;
  readonly isScriptChanged: boolean;
  readonly isMapChanged: boolean;
}

/**
 * Adds a debug id to a built script and its map: a line that registers it at run time, a `//# debugId=` comment, and `debugId` and `debug_id` in
 * the map, whose mappings are moved by the added lines. Uses the existing debug id of the script or the map, else a hash of their content, so
 * that the id is the same for the same build. Existing parts are not changed, whichever tool added them, so a second call changes nothing.
 *
 * `map` is null for a script that has no map or an inline one. Throws `MapProblem` for an invalid map.
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

  const separateMap = map === null ? null : newMap;
  return { debugId, script: newScript, map: separateMap, isScriptChanged: newScript !== script, isMapChanged: separateMap !== map };
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
  // In the middle of a line, or after the only line, the snippet has to end that line first.
  const text = column === 0 ? `${snippet}\n` : `\n${snippet}\n`;
  return { index, line, column, lines: column === 0 ? 1 : 2, text };
}

function withDebugId(json: object, text: string, debugId: string, insertion: Insertion | null): string {
  const { debugId: standard, debug_id: older } = Object.fromEntries(Object.entries(json));
  if (insertion === null && (standard === debugId || older === debugId)) return text;
  return JSON.stringify({ ...(insertion === null ? json : shiftMap(json, insertion)), debug_id: debugId, debugId });
}

/** Where a line can be inserted into a script, so that it runs first and does not change the meaning of the script. */
interface InjectionPoint {
  readonly index: number;
  /** The line and column of `index`, both 0-based. The column is 0 unless code follows a directive in the same line. */
  readonly line: number;
  readonly column: number;
}

const blank = /[\s\ufeff]+|\/\/.*|\/\*[\s\S]*?\*\//y;

// Directives are short. A longer literal is data, which is not scanned to its end.
const literal = /'(?:[^'\\\r\n]|\\[\s\S]){0,200}'|"(?:[^"\\\r\n]|\\[\s\S]){0,200}"/y;

/** What continues the expression after a string literal, even in the next line. */
const continues = /[.,+\-*/%([?<>=&|^`]|!=|in\b|instanceof\b/y;

const lineEnd = String.raw`\r\n|[\n\r\u2028\u2029]`;
const lineEnds = new RegExp(lineEnd, "g");
const hashBang = new RegExp(String.raw`^\ufeff?(?:#!.*(?:${lineEnd}|$))?`);
const restOfLine = new RegExp(String.raw`^[ \t]*(?:\/\/.*)?(?:${lineEnd})`);

/** Returns the position after the `#!` line and the directives (`"use strict"`), which have no effect after code; else the start. */
function injectionPoint(script: string): InjectionPoint {
  const start = hashBang.exec(script)?.[0].length ?? 0;
  let index = start;
  for (let next = directiveEnd(script, start); next !== null; next = directiveEnd(script, index)) index = next;
  if (index !== start) index += restOfLine.exec(script.slice(index, index + 2000))?.[0].length ?? 0;
  const before = [...script.slice(0, index).matchAll(lineEnds)];
  const last = before.at(-1);
  const lineStart = last === undefined ? 0 : last.index + last[0].length;
  // A byte order mark does not count as a column.
  return { index, line: before.length, column: lineStart === 0 && script.startsWith("\ufeff") ? index - 1 : index - lineStart };
}

/** Returns the index after the next directive and its semicolon; null if the next token is not a directive. */
function directiveEnd(script: string, from: number): number | null {
  const opening = skipBlank(script, from);
  const closing = skip(literal, script, opening);
  if (closing === null) return null;
  const following = skipBlank(script, closing);
  if (script[following] === ";") return following + 1;
  if (
    following < script.length &&
    (skip(continues, script, following) !== null || script.slice(closing, following).search(lineEnds) === -1)
  )
    return null;
  return closing;
}

/** Skips one blank or comment at a time: one expression for all of them overflows the stack in a long comment. */
function skipBlank(text: string, from: number): number {
  let index = from;
  for (let next = skip(blank, text, index); next !== null; next = skip(blank, text, index)) index = next;
  return index;
}

function skip(pattern: RegExp, text: string, from: number): number | null {
  pattern.lastIndex = from;
  const match = pattern.exec(text);
  return match === null ? null : from + match[0].length;
}

/**
 * Returns the line that registers the debug id of its file for SDKs: by a stack trace of the file, in the global `_sentryDebugIds`, which Sentry's
 * SDKs read. It runs in ES5 and later, in scripts and modules, and never throws.
 */
function debugIdSnippet(debugId: string): string {
  const global = ["globalThis", "self", "window", "global"].map((name) => `"object"==typeof ${name}?${name}:`).join("");
  return `;!function(){try{var g=${global}{},s=(new Error).stack;if(s)(g._sentryDebugIds=g._sentryDebugIds||{})[s]="${debugId}"}catch(e){}}();`;
}

/** Whether a script already registers this debug id when it runs, whichever tool added the code. */
function hasDebugIdSnippet(script: string, debugId: string): boolean {
  const at = script.indexOf("_sentryDebugIds");
  return at !== -1 && script.includes(debugId, at);
}
