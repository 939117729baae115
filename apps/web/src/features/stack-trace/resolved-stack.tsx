import type { ResolvedFrameView, ResolvedStackView, SourceContextView } from "@landfall/schema/artifacts/source-maps";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import classes from "./stack.module.css";

/** The lines around so many of the first calls are shown at once; those of the others open. */
const SHOWN_OPEN = 5;

/** A stack trace in its source, call by call; and where that is not known, why not. */
export function ResolvedStack({ stack }: { readonly stack: ResolvedStackView }) {
  const { lines, frames, resolved } = stack;
  const opened = new Set(lines.filter(({ frame }) => frame?.original?.context).slice(0, SHOWN_OPEN));
  const explained = new Set<string>();
  return (
    <div className={classes["resolved"]}>
      <div className={classes["summary"]}>
        <output>{describeResolution(frames, resolved)}</output>
        {resolved > 0 && (
          <CopyButton text={formatStack(stack)} what="the resolved trace">
            Copy as text
          </CopyButton>
        )}
      </div>
      <ol aria-label="Resolved stack trace">
        {lines.map((line, index) => {
          const { text, frame } = line;
          if (frame === null)
            return text.trim() === "" ? null : (
              <li key={index} className={classes["text"]}>
                {text}
              </li>
            );
          const why = frame.miss?.sentence ?? "";
          const isNew = !explained.has(why);
          explained.add(why);
          return (
            <li key={index} data-resolved={frame.original !== null}>
              <Call frame={frame} text={text} isOpen={opened.has(line)} isNew={isNew} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

function describeResolution(frames: number, resolved: number): string {
  if (frames === 0) return "No line of this tells a call. Paste the lines below the message too, those with addresses, lines and columns.";
  return `${resolved.toLocaleString("en")} of ${frames.toLocaleString("en")} ${frames === 1 ? "frame" : "frames"} resolved`;
}

type CallProps = {
  readonly frame: ResolvedFrameView;
  readonly text: string;
  readonly isOpen: boolean;
  /** Whether what is amiss was not told of a call before. */
  readonly isNew: boolean;
};

function Call({ frame, text, isOpen, isNew }: CallProps) {
  const { original, miss } = frame;
  // The browser's own code has no source to be found.
  if (miss?.reason === "no-address") return <span className="soft mono">{text.trim()}</span>;
  return (
    <>
      {original?.context ? (
        <details open={isOpen}>
          <summary>
            <Place frame={frame} text={text} />
          </summary>
          <SourceLines context={original.context} />
        </details>
      ) : (
        <Place frame={frame} text={text} />
      )}
      {miss && (
        <div className={classes["miss"]}>
          <p>{miss.sentence}</p>
          {isNew && <p className="soft">{miss.fix}</p>}
          {isNew && miss.near && miss.near.length > 0 && (
            <p className="soft">
              Nearest that was uploaded: <span className="mono">{miss.near.join(", ")}</span>
            </p>
          )}
        </div>
      )}
    </>
  );
}

function Place({ frame: { original, functionName, originalFunction }, text }: Pick<CallProps, "frame" | "text">) {
  if (!original)
    return (
      <span className={classes["call"]}>
        <Chip tone="warn">unresolved</Chip> <span className="mono">{text.trim()}</span>
      </span>
    );
  const { source, line, column } = original;
  return (
    <span className={classes["call"]} title={text.trim()}>
      <b className="mono">{originalFunction ?? functionName ?? "(anonymous)"}</b>{" "}
      <span className="mono">
        {source}:{line}:{column}
      </span>
    </span>
  );
}

/** The lines around a place in a source, with the place's own marked. */
function SourceLines({ context: { firstLine, before, line, lineStart, after } }: { readonly context: SourceContextView }) {
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
