import { parsePlace } from "@landfall/artifacts/stacks/parse-place";
import type { Outputs } from "@landfall/client/procedure-types";
import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import { text } from "../../parameters.ts";
import { isOpenMiss } from "../../sourcemaps/is-open-miss.ts";
import { printContext } from "../../sourcemaps/print-context.ts";
import type { Paint } from "../../terminal/paint.ts";
import { wantedOrganization, wantedProject } from "../../wanted.ts";

type Explained = Outputs["artifacts"]["explainFrame"];
type Step = Explained["steps"][number];

const LINES = 2;

/** Tells how far the look-up of one call gets. */
export const explainFrame = command({
  describe: "tell why a call of a stack trace is shown in its source, or is not",
  details: `Goes through the look-up step by step: the release, the script, its reference to a map, the map, the place in it, the text of the
source. The first step that fails is told with what would mend it, and then it exits with 23.`,
  arguments: { place: text("[place]", "a script's address, with :line:column as in a stack trace") },
  options: {
    debugId: text("--debug-id <id>", "the debug id the script has"),
    release: text("-r, --release <version>", "the release the call is of (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of it"),
  },
  examples: [
    "sourcemaps explain https://shop.example.com/static/app.js:1:4242 -p web --release web@1.4.0",
    "sourcemaps explain --debug-id 5b65abfb-2338-4f0b-a3b1-77e4d2a9a3f1 -p web",
  ],
  async run(context, { place, debugId, release, dist }): Promise<Explained> {
    if (place === undefined && debugId === undefined) {
      throw new CliError(
        "usage",
        "Name a script's address, or its debug id with --debug-id.",
        "As in: landfall sourcemaps explain ~/app.js:1:42",
      );
    }
    const { url, line, column } = parsePlace(place ?? "");
    const version = release ?? context.settings.release?.value;
    return context.client.artifacts.explainFrame.query(
      {
        organization: wantedOrganization(context),
        project: wantedProject(context),
        ...(url === null ? {} : { url }),
        ...(line === null ? {} : { line }),
        ...(column === null ? {} : { column }),
        ...(debugId === undefined ? {} : { debugId }),
        ...(version === undefined ? {} : { release: version }),
        ...(dist === undefined ? {} : { dist }),
      },
      { signal: context.world.signal },
    );
  },
  print({ steps, miss, original }, paint) {
    const width = Math.max(...steps.map(({ step }) => step.length));
    return [
      ...steps.map(
        ({ step, state, sentence }) =>
          `${mark(state, paint)} ${step.padEnd(width)}  ${state === "skipped" ? paint.dim(sentence) : sentence}`,
      ),
      ...(miss === null ? [] : [`${paint.yellow("→")} ${miss.fix}`]),
      ...(original === null ? [] : ["", paint.green(`${original.source}:${original.line}:${original.column}`)]),
      ...(original?.context ? printContext(original.context, LINES, paint) : []),
    ].join("\n");
  },
  exit: (explained) => (isOpenMiss(explained) ? "unresolved" : "ok"),
});

function mark(state: Step["state"], paint: Paint): string {
  if (state === "ok") return paint.green("✓");
  return state === "failed" ? paint.red("✗") : paint.dim("-");
}
