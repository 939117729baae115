import type { SourceContextView } from "@landfall/schema/views/resolved-stack";
import type { Paint } from "../terminal/paint.ts";

/** The lines around a place, `around` on either side, numbered, the place's own marked and bold. */
export function printContext({ firstLine, before, line, after }: SourceContextView, around: number, paint: Paint): string[] {
  const here = firstLine + before.length;
  const shownBefore = around === 0 ? [] : before.slice(-around);
  const lines = [...shownBefore, line, ...after.slice(0, around)];
  const first = here - shownBefore.length;
  const width = String(first + lines.length - 1).length;
  return lines.map((text, index) => {
    const number = String(first + index).padStart(width);
    return first + index === here ? paint.bold(`    > ${number} | ${text}`) : paint.dim(`      ${number} | ${text}`.trimEnd());
  });
}
