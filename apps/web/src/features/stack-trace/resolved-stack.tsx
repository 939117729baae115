import { formatCount, formatInstant } from "@landfall/domain/format";
import type { ResolvedFrameView, ResolvedStackView, ScriptChoiceView, SourceContextView } from "@landfall/schema/artifacts/source-maps";
import { NativeSelect } from "@mantine/core";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import classes from "./stack.module.css";

/** The source lines of this many frames are open initially. */
const OPEN_LIMIT = 5;

type ResolvedStackProps = Pick<ScriptChoicesProps, "onChoose" | "isBusy"> & { readonly stack: ResolvedStackView };

/**
 * A resolved stack trace, frame by frame; for frames that could not be resolved, the reason. `onChoose` resolves it again with a chosen file for a
 * script.
 */
export function ResolvedStack({ stack, onChoose, isBusy }: ResolvedStackProps) {
  const { lines, frames, resolved, choices } = stack;
  const openLines = new Set(lines.filter(({ frame }) => frame?.original?.context).slice(0, OPEN_LIMIT));
  const shownReasons = new Set<string>();
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
      <ScriptChoices choices={choices} onChoose={onChoose} isBusy={isBusy} />
      <ol aria-label="Resolved stack trace">
        {lines.map((line, index) => {
          const { text, frame } = line;
          if (frame === null)
            return text.trim() === "" ? null : (
              <li key={index} className={classes["text"]}>
                {text}
              </li>
            );
          const reason = frame.miss?.sentence ?? frame.match?.sentence ?? "";
          const isNew = !shownReasons.has(reason);
          shownReasons.add(reason);
          return (
            <li key={index} data-resolved={frame.original !== null}>
              <Frame frame={frame} text={text} isOpen={openLines.has(line)} isNew={isNew} />
            </li>
          );
        })}
      </ol>
    </div>
  );
}

type ScriptChoicesProps = {
  readonly choices: readonly ScriptChoiceView[];
  /** Called with the URL of a script in the trace, and the id of its file. */
  readonly onChoose: (url: string, file: string) => void;
  readonly isBusy: boolean;
};

/** A select for each script that several uploaded files match, or that one file may match. */
function ScriptChoices({ choices, onChoose, isBusy }: ScriptChoicesProps) {
  if (choices.length === 0) return null;
  return (
    <div className={classes["choices"]}>
      {choices.map(({ url, chosen, files }) => (
        <NativeSelect
          key={url}
          label={`File of ${url}`}
          value={chosen ?? ""}
          onChange={(event) => onChoose(url, event.currentTarget.value)}
          disabled={isBusy}
          data={[
            { value: "", label: `Choose the deployed file (${formatCount(files.length, "match", "matches")})`, disabled: true },
            ...files.map((file) => ({ value: file.id, label: describeFile(file) })),
          ]}
        />
      ))}
    </div>
  );
}

const describeFile = ({ name, builtName, dateUploaded }: ScriptChoiceView["files"][number]): string =>
  `${builtName === null ? name : `${builtName} (${name})`}, uploaded ${formatInstant(dateUploaded)}`;

function describeResolution(frames: number, resolved: number): string {
  if (frames === 0) return "No frames found. Paste the whole stack trace, including the lines with URLs, line numbers, and columns.";
  return `${resolved.toLocaleString("en")} of ${formatCount(frames, "frame")} resolved`;
}

type FrameProps = {
  readonly frame: ResolvedFrameView;
  readonly text: string;
  readonly isOpen: boolean;
  /** Whether no earlier frame showed the same reason. */
  readonly isNew: boolean;
};

function Frame({ frame, text, isOpen, isNew }: FrameProps) {
  const { original, miss, match } = frame;
  // Frames of the browser's own code have no source.
  if (miss?.reason === "no-address") return <span className="soft mono">{text.trim()}</span>;
  return (
    <>
      {original?.context ? (
        <details open={isOpen}>
          <summary>
            <FrameLocation frame={frame} text={text} />
          </summary>
          <SourceLines context={original.context} />
        </details>
      ) : (
        <FrameLocation frame={frame} text={text} />
      )}
      {isNew && match && <p className={`soft ${classes["match"] ?? ""}`}>{match.sentence}</p>}
      {miss && (
        <div className={classes["miss"]}>
          <p>{miss.sentence}</p>
          {isNew && <p className="soft">{miss.fix}</p>}
          {isNew && miss.reason !== "ambiguous" && miss.near && miss.near.length > 0 && (
            <p className="soft">
              Similar uploads: <span className="mono">{miss.near.join(", ")}</span>
            </p>
          )}
        </div>
      )}
    </>
  );
}

function FrameLocation({ frame: { original, functionName, originalFunction }, text }: Pick<FrameProps, "frame" | "text">) {
  if (!original)
    return (
      <span className={classes["frame"]}>
        <Chip tone="warn">unresolved</Chip> <span className="mono">{text.trim()}</span>
      </span>
    );
  const { source, line, column } = original;
  return (
    <span className={classes["frame"]} title={text.trim()}>
      <b className="mono">{originalFunction ?? functionName ?? "(anonymous)"}</b>{" "}
      <span className="mono">
        {source}:{line}:{column}
      </span>
    </span>
  );
}

/** Source lines around a frame, with its own line marked. */
function SourceLines({ context: { firstLine, before, line, lineStart, after } }: { readonly context: SourceContextView }) {
  const at = firstLine + before.length;
  const all = [...before, (lineStart > 0 ? "…" : "") + line, ...after].map((text, index) => ({ text, number: firstLine + index }));
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls, with the keyboard too
    <pre className={classes["lines"]} tabIndex={0} aria-label={`Source around line ${at}`}>
      {all.map(({ text, number }) => (
        <code key={number} data-line={number} aria-current={number === at ? "location" : undefined}>
          {number === at ? <mark>{text || " "}</mark> : text || " "}
          {"\n"}
        </code>
      ))}
    </pre>
  );
}

/** Returns a resolved stack trace as text in the engine's format. Unresolved lines are unchanged. */
export const formatStack = ({ lines }: ResolvedStackView): string =>
  lines.map(({ text, frame }) => (frame?.original ? `    at ${formatLocation(frame)}` : text)).join("\n");

function formatLocation({ original, functionName, originalFunction }: ResolvedFrameView): string {
  if (!original) return "";
  const { source, line, column } = original;
  const name = originalFunction ?? functionName;
  const location = `${source}:${line}:${column}`;
  return name === null ? location : `${name} (${location})`;
}
