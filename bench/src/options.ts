import { parseArgs } from "node:util";

/** The parts of a run, in their order. */
export const PARTS = ["throughput", "scale", "commits", "writers", "artifacts", "starts", "pages"] as const;
export type Part = (typeof PARTS)[number];

export type Options = {
  readonly isQuick: boolean;
  /** Where the figures go as JSON; "-" for standard output in place of the tables. */
  readonly json: string | null;
  /** Whether a missed budget is a failure. */
  readonly checks: boolean;
  readonly parts: readonly Part[];
  readonly wantsHelp: boolean;
};

export const USAGE = `npm run bench -- [--quick] [--json <file>] [--only <part>] [--check]

  --quick         under a minute: whether everything runs, and a first impression
  --json <file>   write the figures to <file>; "-" prints them in place of the tables
  --only <part>   ${PARTS.join(", ")}; may be given several times
  --check         exit with 1 when a budget is missed
`;

/** Reads the command line; throws what is wrong with it, for the person who typed it. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      quick: { type: "boolean", default: false },
      json: { type: "string" },
      check: { type: "boolean", default: false },
      only: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  const unknown = values.only.find((name) => !PARTS.some((part) => part === name));
  if (unknown !== undefined) throw new Error(`--only ${unknown}: the parts are ${PARTS.join(", ")}.`);
  return {
    isQuick: values.quick,
    json: values.json ?? null,
    checks: values.check,
    parts: values.only.length === 0 ? PARTS : PARTS.filter((part) => values.only.includes(part)),
    wantsHelp: values.help,
  };
}
