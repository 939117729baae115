import { styleText } from "node:util";
import type { Output, Runtime } from "../system/runtime.ts";

/** Styles text, or returns it unchanged where colors are off. */
export interface Paint {
  readonly bold: (text: string) => string;
  readonly dim: (text: string) => string;
  readonly green: (text: string) => string;
  readonly yellow: (text: string) => string;
  readonly red: (text: string) => string;
}

/** `styleText` does not check the stream: it knows only those of this process, and Node 20.12 to 20.17 does not check at all. */
const style = (format: keyof Paint) => (text: string) => styleText(format, text, { validateStream: false });
const unchanged = (text: string): string => text;

const COLORS: Paint = { bold: style("bold"), dim: style("dim"), green: style("green"), yellow: style("yellow"), red: style("red") };

/** Text without styles. */
export const PLAIN: Paint = { bold: unchanged, dim: unchanged, green: unchanged, yellow: unchanged, red: unchanged };

/** Returns colors for a terminal. NO_COLOR turns them off; FORCE_COLOR turns them on for pipes too. */
export function paintFor({ isTerminal }: Output, { env }: Pick<Runtime, "env">): Paint {
  if (env["NO_COLOR"]) return PLAIN;
  const forced = env["FORCE_COLOR"];
  if (forced !== undefined && forced !== "" && forced !== "0") return COLORS;
  return isTerminal && env["TERM"] !== "dumb" ? COLORS : PLAIN;
}

/** Control characters, including C1, except line breaks and tabs. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Replaces control characters, which could send commands to the terminal: names and messages are untrusted. */
export const printableText = (text: string): string => text.replace(CONTROL, "\ufffd");

/** Returns the data with `printableText` applied to each string in it. */
export function printable<T>(data: T): T {
  return deep(data) as T;
}

/** Untyped, because the compiler cannot follow the shape through unknown keys; it does not change. */
function deep(value: unknown): unknown {
  if (typeof value === "string") return printableText(value);
  if (Array.isArray(value)) return value.map(deep);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, deep(item)]));
}

/** Shows the progress of long work. */
export interface Progress {
  show(done: number, total: number): void;
  /** Removes the bar. */
  end(): void;
}

const WIDTH = 24;

/** Returns a bar on one line of the terminal; it does nothing without a terminal, or if not `isWanted`. */
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

/** Formats `commits [######------] 50 % 5,000/10,000`, without the bar if the terminal is too narrow. */
export function barLine(label: string, done: number, total: number, columns: number): string {
  const share = total === 0 ? 1 : Math.min(1, done / total);
  const filled = Math.round(share * WIDTH);
  const bar = `[${"#".repeat(filled)}${"-".repeat(WIDTH - filled)}]`;
  const counts = `${Math.floor(share * 100)} % ${done.toLocaleString("en")}/${total.toLocaleString("en")}`;
  const long = `${label} ${bar} ${counts}`;
  return long.length < columns ? long : `${label} ${counts}`.slice(0, Math.max(0, columns - 1));
}
