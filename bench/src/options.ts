import { parseArgs } from "node:util";

/** The parts of a run, in their order. */
export const PARTS = ["throughput", "scale", "commits", "writers", "artifacts", "starts", "pages"] as const;
export type Part = (typeof PARTS)[number];

export type Options = {
  readonly isQuick: boolean;
  /** The file for the results as JSON; "-" prints them instead of the tables. */
  readonly json: string | null;
  /** Whether a missed budget sets the exit code to 1. */
  readonly checks: boolean;
  readonly parts: readonly Part[];
  readonly wantsHelp: boolean;
};

export const USAGE = `npm run bench -- [--quick] [--json <file>] [--only <part>] [--check]

  --quick         run in about a minute, for a smoke test and rough figures
  --json <file>   write the results to <file>; "-" prints them instead of the tables
  --only <part>   ${PARTS.join(", ")}; may be repeated
  --check         exit with 1 if a budget is missed
`;

/** Parses the command line. @throws Error with a message for the user. */
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
  if (unknown !== undefined) throw new Error(`Unknown part "${unknown}". Expected one of ${PARTS.join(", ")}.`);
  return {
    isQuick: values.quick,
    json: values.json ?? null,
    checks: values.check,
    parts: values.only.length === 0 ? PARTS : PARTS.filter((part) => values.only.includes(part)),
    wantsHelp: values.help,
  };
}
