import type { Output } from "../world.ts";

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
