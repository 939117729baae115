/** The lines around a position. Long lines are cut and end with "…". */
export interface SourceContext {
  /** The number of the first line in `before`, or of `line` if `before` is empty; 1-based. */
  readonly firstLine: number;
  readonly before: readonly string[];
  readonly line: string;
  /** The number of characters that were cut from the start of `line`. */
  readonly lineStart: number;
  readonly after: readonly string[];
}

const maxLength = 300;

/** The text of a source file, by line. */
export class SourceText {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get lineCount(): number {
    return this.#lineStarts().length;
  }

  /** Returns a line (1-based) and `around` lines before and after it; null if there is no such line. A long line is cut around `column` (0-based). */
  context(line: number, column: number, around: number): SourceContext | null {
    if (line < 1 || line > this.lineCount) return null;
    const firstLine = Math.max(1, line - around);
    const fullLine = this.#line(line);
    const lineStart =
      fullLine.length <= maxLength ? 0 : Math.max(0, Math.min(column - Math.floor(maxLength / 3), fullLine.length - maxLength));
    return {
      firstLine,
      before: this.#lines(firstLine, line - 1),
      line: cut(fullLine.slice(lineStart)),
      lineStart,
      after: this.#lines(line + 1, Math.min(this.lineCount, line + around)),
    };
  }

  #lines(from: number, to: number): string[] {
    return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => cut(this.#line(from + index)));
  }

  #line(line: number): string {
    const starts = this.#lineStarts();
    return this.#text.slice(starts[line - 1], starts[line] ?? this.#text.length).replace(/[\r\n]+$/, "");
  }

  #lineStarts(): number[] {
    if (this.#starts !== undefined) return this.#starts;
    const starts = [0];
    for (const match of this.#text.matchAll(/\r\n|\n|\r/g)) starts.push(match.index + match[0].length);
    this.#starts = starts;
    return starts;
  }
}

function cut(line: string): string {
  return line.length > maxLength ? `${line.slice(0, maxLength)}…` : line;
}
