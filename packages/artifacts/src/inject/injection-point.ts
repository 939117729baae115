/** Where a line can be put into a script so that it runs first and changes nothing. */
export interface InjectionPoint {
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
export function injectionPoint(script: string): InjectionPoint {
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
