import type { Output, World } from "../system/world.ts";

/** Marks text; does nothing where there are no colours. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly red: (text: string) => string;
}

const mark = (on: number, off: number) => (text: string) => `\u001b[${on}m${text}\u001b[${off}m`;
const same = (text: string): string => text;

const COLOURS: Paint = { bold: mark(1, 22), dim: mark(2, 22), green: mark(32, 39), yellow: mark(33, 39), red: mark(31, 39) };

/** Text without marks. */
export const PLAIN: Paint = { bold: same, dim: same, green: same, yellow: same, red: same };

/** Colours for a terminal, unless NO_COLOR says no; FORCE_COLOR says yes to pipes too. */
export function paintFor({ isTerminal }: Output, { env }: Pick<World, "env">): Paint {
  if (env["NO_COLOR"]) return PLAIN;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "" && forced !== "0") return COLOURS;
  return isTerminal && env["TERM"] !== "dumb" ? COLOURS : PLAIN;
}

/** Control characters, C1 ones among them, but for line breaks and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** A text without the characters that command a terminal: names and messages come from anybody. */
export const printableText = (text: string): string => text.replace(CONTROL, "\ufffd");

/** The same data with every text in it printable. */
export function printable<T>(data: T): T {
  return deep(data) as T;
}

/** Keeps the shape of what it is given; the compiler cannot follow that through unknown keys. */
function deep(value: unknown): unknown {
  if (typeof value === "string") return printableText(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, deep(one)]));
}

/** Shows how far long work has come. */
export interface Progress {
  show(done: number, total: number): void;
  /** Takes the bar away. */
  end(): void;
}

const WIDTH = 24;

/** A bar on one line of the terminal; nothing where there is none, or where it is not wanted. */
export function progressBar(output: Output, label: string, isWanted: boolean): Progress {
  if (!isWanted || !output.isTerminal) return { show: () => {}, end: () => {} };
  let shown = "";
  const draw = (line: string) => {
    if (line === shown) return;
    output.write(`\r${line}${" ".repeat(Math.max(0, shown.length - line.length))}${line === "" ? "\r" : ""}`);
    shown = line;
  };
  return {
    show: (done, total) => draw(barLine(label, done, total, output.columns)),
    end: () => draw(""),
  };
}

/** `commits [######------] 50 % 5,000/10,000`, without the bar where the terminal is too narrow for it. */
export function barLine(label: string, done: number, total: number, columns: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const bar = `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}]`;
  const counts = `${Math.floor(share * 100)} % ${grouped(done)}/${grouped(total)}`;
  const long = `${label} ${bar} ${counts}`;
  return long.length < columns ? long : `${label} ${counts}`.slice(0, Math.max(0, columns - 1));
}

const grouped = (value: number): string => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
