import { contentId, readDebugId, readMapDebugId } from "../debug-ids.ts";
import { lastComment } from "../map-reference.ts";
import { decodeDataUrl, parseMapJson } from "../maps/parse-source-map.ts";
import { type Insertion, shiftMap } from "./shift-map.ts";

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

/** Where a line can be put into a script so that it runs first and changes nothing. */
interface InjectionPoint {
  readonly index: number;
  /** The same place, both 0-based. The column is 0 unless code follows a directive in its line. */
  readonly line: number;
  readonly column: number;
}

const blank = /[\s\ufeff]+|\/\/.*|\/\*[\s\S]*?\*\//y;

// Directives are short; a longer literal is data, and need not be followed to its end.
const literal = /'(?:[^'\\\r\n]|\\[\s\S]){0,200}'|"(?:[^"\\\r\n]|\\[\s\S]){0,200}"/y;

/** Behind a string literal these go on with the expression, over line ends too. */
const continues = /[.,+\-*/%([?<>=&|^`]|!=|in\b|instanceof\b/y;

const lineEnd = /\r\n|[\n\r\u2028\u2029]/g;

/** Behind the `#!` line and the directives (`"use strict"`), which would mean nothing after code; else at the very start. */
function injectionPoint(script: string): InjectionPoint {
  const start = /^\ufeff?(?:#!.*(?:\r\n|[\n\r\u2028\u2029]|$))?/.exec(script)?.[0].length ?? 0;
  let index = start;
  for (let next = directiveEnd(script, start); next !== null; next = directiveEnd(script, index)) index = next;
  if (index !== start) index += /^[ \t]*(?:\/\/.*)?(?:\r\n|[\n\r\u2028\u2029])/.exec(script.slice(index, index + 2000))?.[0].length ?? 0;
  const before = [...script.slice(0, index).matchAll(lineEnd)];
  const last = before.at(-1);
  const lineStart = last === undefined ? 0 : last.index + last[0].length;
  // A byte order mark is no column.
  return { index, line: before.length, column: lineStart === 0 && script.startsWith("\ufeff") ? index - 1 : index - lineStart };
}

/** The index behind the directive that comes next, its semicolon included; null when something else comes next. */
function directiveEnd(script: string, from: number): number | null {
  const opening = skipBlank(script, from);
  const closing = skip(literal, script, opening);
  if (closing === null) return null;
  const following = skipBlank(script, closing);
  if (script[following] === ";") return following + 1;
  if (
    following < script.length &&
    (skip(continues, script, following) !== null || !/[\n\r\u2028\u2029]/.test(script.slice(closing, following)))
  )
    return null;
  return closing;
}

/** One blank at a time: a single expression for all of them runs out of stack in a long comment. */
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
 * The line that tells SDKs which debug id the file around it has: under a stack trace taken in the file, in the global `_sentryDebugIds`,
 * which the SDKs of Sentry read. It runs in every JavaScript since ES5, in scripts and modules, and never throws.
 */
function debugIdSnippet(debugId: string): string {
  const global = ["globalThis", "self", "window", "global"].map((name) => `"object"==typeof ${name}?${name}:`).join("");
  return `;!function(){try{var g=${global}{},s=(new Error).stack;if(s)(g._sentryDebugIds=g._sentryDebugIds||{})[s]="${debugId}"}catch(e){}}();`;
}

/** Whether a script already tells this debug id when it runs, whichever tool made it do so. */
function hasDebugIdSnippet(script: string, debugId: string): boolean {
  const at = script.indexOf("_sentryDebugIds");
  return at !== -1 && script.includes(debugId, at);
}
