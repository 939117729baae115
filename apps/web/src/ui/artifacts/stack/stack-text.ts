import type { ResolvedFrameView, ResolvedStackView } from "@landfall/schema/views/resolved-stack";

/** A resolved stack trace as the engine would have written it of the sources; lines that were not resolved stay as they were. */
export const formatStack = ({ lines }: ResolvedStackView): string =>
  lines.map(({ text, frame }) => (frame?.original ? `    at ${formatLocation(frame)}` : text)).join("\n");

function formatLocation({ original, functionName, originalFunction }: ResolvedFrameView): string {
  if (!original) return "";
  const { source, line, column } = original;
  const called = originalFunction ?? functionName;
  const place = `${source}:${line}:${column}`;
  return called === null ? place : `${called} (${place})`;
}
