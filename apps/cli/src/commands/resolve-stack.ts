import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parsePlace } from "@landfall/artifacts/stacks";
import type { Outputs } from "@landfall/client/create-client";
import type { MissView, ResolvedFrameView, ResolvedStackView, SourceContextView } from "@landfall/schema/artifacts/source-maps";
import { requireOrganization, requireProject } from "../command/arguments.ts";
import { command, count, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import type { Paint } from "../terminal/output.ts";

type Resolved = ResolvedStackView & {
  readonly release: string | null;
  readonly dist: string | null;
  /** How many lines are shown around a place. */
  readonly context: number;
};

const LINES = 2;

/** Shows a stack trace in its sources. */
export const resolveStack = command({
  describe: "show a stack trace in its sources",
  details: `The trace is read from a file, or from standard input: paste it as the browser or Node printed it. Each call is shown in its source
with lines around it, or with the reason why it is not and what would mend that. The server looks in what was uploaded for the release and
dist; files with debug ids are found by the trace's own addresses only together with a release.

With --local nothing is asked: the maps in that folder are used.

It exits with 23 when calls could not be resolved. Calls in the browser or the runtime itself do not count.`,
  arguments: { file: text("[file]", "the file with the trace; - or nothing is standard input") },
  options: {
    release: text("-r, --release <version>", "the release the trace is of (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of it"),
    local: repeated("--local <folder>", "use the build in this folder and ask no server; repeat it for more"),
    context: count("-C, --context <lines>", "how many lines are shown around a place, at most 5 (2)", LINES),
  },
  examples: [
    "sourcemaps resolve trace.txt -p web --release web@1.4.0",
    "sourcemaps resolve -p web --json < trace.txt",
    "sourcemaps resolve trace.txt --local dist",
  ],
  async run(context, args): Promise<Resolved> {
    const stack = await readTrace(context, args.file);
    const release = args.release ?? context.settings.release?.value ?? null;
    const dist = args.dist ?? null;
    const resolved = args.local.length > 0 ? await onDisk(context, stack, args.local) : await onServer(context, stack, { release, dist });
    if (resolved.frames === 0)
      throw new CliError("input", "No line of the text is a call of a stack trace.", "Paste the whole trace, as it was printed.");
    return { ...resolved, release, dist, context: args.context };
  },
  print: (resolved, paint) => printStack(resolved, resolved.context, paint),
  exit: ({ lines }) => (lines.some(({ frame }) => frame !== null && isOpenMiss(frame)) ? "unresolved" : "ok"),
});

async function readTrace({ world }: Context, file: string | undefined): Promise<string> {
  if (file === undefined || file === "-") return world.readInput();
  return readFile(resolve(world.cwd, file), "utf8").catch(() => {
    throw new CliError("input", `The file ${file} cannot be read.`, "Name a file with a stack trace, or pipe one in.");
  });
}

type Event = { readonly release: string | null; readonly dist: string | null };

const onServer = (context: Context, stack: string, { release, dist }: Event): Promise<ResolvedStackView> =>
  context.client.artifacts.resolveStack.query(
    {
      organization: requireOrganization(context),
      project: requireProject(context),
      stack,
      ...(release === null ? {} : { release }),
      ...(dist === null ? {} : { dist }),
    },
    { signal: context.world.signal },
  );

async function onDisk({ world: { cwd } }: Context, stack: string, folders: readonly string[]): Promise<ResolvedStackView> {
  const { findFiles, SCRIPT_EXTENSIONS } = await import("../sourcemaps/find-files.ts");
  const { readBuild } = await import("../sourcemaps/read-build.ts");
  const { resolveLocally } = await import("../sourcemaps/resolve-locally.ts");
  const { projectRoot } = await import("../sourcemaps/source-paths.ts");
  const build = await readBuild(await findFiles(folders, { cwd, extensions: SCRIPT_EXTENSIONS, ignore: [] }));
  return resolveLocally(stack, { build, folder: folders.join(", "), root: await projectRoot(cwd) });
}

type Explained = Outputs["artifacts"]["explainFrame"];
type Step = Explained["steps"][number];

const CONTEXT_LINES = 2;

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
        organization: requireOrganization(context),
        project: requireProject(context),
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
      ...(original?.context ? printContext(original.context, CONTEXT_LINES, paint) : []),
    ].join("\n");
  },
  exit: (explained) => (isOpenMiss(explained) ? "unresolved" : "ok"),
});

function mark(state: Step["state"], paint: Paint): string {
  if (state === "ok") return paint.green("✓");
  return state === "failed" ? paint.red("✗") : paint.dim("-");
}

/** A resolved trace for people: each call where it is in its source, with lines around it, or why it is not. A reason is told once. */
export function printStack({ lines, frames, resolved }: ResolvedStackView, around: number, paint: Paint): string {
  const told = new Set<string>();
  const shown = lines.flatMap(({ text, frame }) => {
    if (frame === null) return [text];
    const { original } = frame;
    if (original === null) return [isOpenMiss(frame) ? text : paint.dim(text), ...missLines(frame, told, paint)];
    const name = frame.originalFunction ?? frame.functionName;
    const place = `${original.source}:${original.line}:${original.column}`;
    const call = `    at ${name === null ? place : `${paint.bold(name)} (${paint.green(place)})`}`;
    const context = original.context === null ? missLines(frame, told, paint) : printContext(original.context, around, paint);
    return [call, ...context];
  });
  const ending = `${resolved} of ${frames} ${frames === 1 ? "call" : "calls"} resolved.`;
  return [shown.join("\n").trimEnd(), "", resolved === frames ? paint.green(ending) : paint.yellow(ending)].join("\n");
}

function missLines(frame: ResolvedFrameView, told: Set<string>, paint: Paint): string[] {
  const { miss } = frame;
  if (miss === null || (frame.original === null && !isOpenMiss(frame)) || told.has(miss.sentence)) return [];
  told.add(miss.sentence);
  return [`      ${paint.red("✗")} ${miss.sentence}`, `      ${paint.yellow("→")} ${miss.fix}`];
}

/** The lines around a place, `around` on either side, numbered, the place's own marked and bold. */
export function printContext({ firstLine, before, line, after }: SourceContextView, around: number, paint: Paint): string[] {
  const here = firstLine + before.length;
  const shownBefore = around === 0 ? [] : before.slice(-around);
  const lines = [...shownBefore, line, ...after.slice(0, around)];
  const first = here - shownBefore.length;
  const width = String(first + lines.length - 1).length;
  return lines.map((text, index) => {
    const number = String(first + index).padStart(width);
    return first + index === here ? paint.bold(`    > ${number} | ${text}`) : paint.dim(`      ${number} | ${text}`.trimEnd());
  });
}

/** Calls in the browser or the runtime itself, and code that no source has: about these nothing is to be done. */
const BENIGN: ReadonlySet<MissView["reason"]> = new Set(["no-address", "no-position", "position-unmapped"]);

/** Whether a call should have led to its source and did not. One whose place is known, without the text of the source, did. */
const isOpenMiss = ({ original, miss }: { readonly original: unknown; readonly miss: MissView | null }): boolean =>
  original === null && miss !== null && !BENIGN.has(miss.reason);
