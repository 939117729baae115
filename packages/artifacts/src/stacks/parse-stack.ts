import type { StackLine } from "./frame-line.ts";
import { parseAtSignLine } from "./parse-at-sign-line.ts";
import { parseV8Line } from "./parse-v8-line.ts";

const longest = 4096;

/**
 * The lines of a stack trace as it was pasted, from any browser or from Node: calls in their parts, everything else as it stands. Joined
 * with line feeds, the texts of the lines are the text that was given. Never throws.
 *
 * Written here, because the maintained parsers (stacktrace-parser, error-stack-parser-es) leave out the lines they do not know, know
 * fewer schemes, take sentences for frames, and search by expressions that take long on long lines.
 */
export function parseStack(text: string): StackLine[] {
  return text.split("\n").map((line) => {
    if (line.length > longest) return { kind: "text", text: line };
    return parseV8Line(line) ?? parseAtSignLine(line) ?? { kind: "text", text: line };
  });
}
