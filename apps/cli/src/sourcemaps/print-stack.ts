import type { ResolvedFrameView, ResolvedStackView } from "@landfall/schema/views/resolved-stack";
import type { Paint } from "../terminal/paint.ts";
import { isOpenMiss } from "./is-open-miss.ts";
import { printContext } from "./print-context.ts";

/** A resolved trace for people: each call where it is in its source, with lines around it, or why it is not. A reason is told once. */
export function printStack({ lines, frames, resolved }: ResolvedStackView, around: number, paint: Paint): string {
  const told = new Set<string>();
  const shown = lines.flatMap(({ text, frame }) => {
    if (frame === null) return [text];
    const { original } = frame;
    if (original === null) return [isOpenMiss(frame) ? text : paint.dim(text), ...missLines(frame, told, paint)];
    const name = frame.originalFunction ?? frame.functionName;
    const place = `${original.source}:${original.line}:${original.column}`;
    const call = `    at ${name === null ? place : `${paint.bold(name)} (${paint.green(place)})`}`;
    const context = original.context === null ? missLines(frame, told, paint) : printContext(original.context, around, paint);
    return [call, ...context];
  });
  const ending = `${resolved} of ${frames} ${frames === 1 ? "call" : "calls"} resolved.`;
  return [shown.join("\n").trimEnd(), "", resolved === frames ? paint.green(ending) : paint.yellow(ending)].join("\n");
}

function missLines(frame: ResolvedFrameView, told: Set<string>, paint: Paint): string[] {
  const { miss } = frame;
  if (miss === null || (frame.original === null && !isOpenMiss(frame)) || told.has(miss.sentence)) return [];
  told.add(miss.sentence);
  return [`      ${paint.red("✗")} ${miss.sentence}`, `      ${paint.yellow("→")} ${miss.fix}`];
}
