/** Lines around a position, to be shown. Long lines are cut and end with "…". */
export interface SourceContext {
  /** Number of the first line of `before`, or of `line` when there is none; 1-based. */
  readonly firstLine: number;
  readonly before: readonly string[];
  readonly line: string;
  /** How many characters of the line were left out before what `line` shows. */
  readonly lineStart: number;
  readonly after: readonly string[];
}

const maxLength = 300;

/** A source file's text, by line. */
export class SourceText {
  readonly #text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  get lineCount(): number {
    return this.#lineStarts().length;
  }

  /** The line and `around` lines on either side; null when there is no such line. `line` is 1-based; `column`, 0-based, stays in sight. */
  context(line: number, column: number, around: number): SourceContext | null {
    if (line < 1 || line > this.lineCount) return null;
    const firstLine = Math.max(1, line - around);
    const whole = this.#line(line);
    const lineStart = whole.length <= maxLength ? 0 : Math.max(0, Math.min(column - Math.floor(maxLength / 3), whole.length - maxLength));
    return {
      firstLine,
      before: this.#lines(firstLine, line - 1),
      line: cut(whole.slice(lineStart)),
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
