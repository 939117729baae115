import type { World, Output } from "../world.ts";

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
