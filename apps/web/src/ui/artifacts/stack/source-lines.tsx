import type { SourceContextView } from "@landfall/schema/views/resolved-stack";
import classes from "./stack.module.css";

/** The lines around a place in a source, with the place's own marked. */
export function SourceLines({ context: { firstLine, before, line, lineStart, after } }: { readonly context: SourceContextView }) {
  const at = firstLine + before.length;
  const all = [...before, (lineStart > 0 ? "…" : "") + line, ...after].map((text, index) => ({ text, number: firstLine + index }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it is scrolled, by key as well
    <pre className={classes["lines"]} tabIndex={0} aria-label={`Lines around line ${at}`}>
      {all.map(({ text, number }) => (
        <code key={number} data-line={number} aria-current={number === at ? "location" : undefined}>
          {number === at ? <mark>{text || " "}</mark> : text || " "}
          {"\n"}
        </code>
      ))}
    </pre>
  );
}
