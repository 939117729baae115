import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parsePlace } from "@landfall/artifacts/stacks";
import type { Outputs } from "@landfall/client/create-client";
import { formatCount } from "@landfall/domain/format";
import type {
  MissView,
  ResolvedFrameView,
  ResolvedStackView,
  ScriptChoiceView,
  SourceContextView,
} from "@landfall/schema/artifacts/source-maps";
import { requireOrganization, requireProject } from "../command/arguments.ts";
import { command, count, repeated, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import { shortDate } from "../terminal/format.ts";
import type { Paint } from "../terminal/output.ts";

type Resolved = ResolvedStackView & {
  readonly release: string | null;
  readonly dist: string | null;
  /** How many lines to show around each position. */
  readonly context: number;
};

const DEFAULT_CONTEXT_LINES = 2;

/** Resolves a stack trace with source maps. */
export const resolveStack = command({
  describe: "resolve a stack trace with source maps",
  details: `The trace is read from a file or from standard input, as the browser or Node printed it. Each frame is shown with its original source
lines, or with the reason why it could not be resolved and how to fix that. The server searches the files that were uploaded for the release
and dist. The URLs in a trace can be resolved only together with a release. A script that was not uploaded under its URL is matched by its
sourceMappingURL, its source map, or the end of its path. If several files match, they are listed, each with the --file option that selects
it.

With --local, the source maps in that folder are used, and no server is contacted.

Exits with 23 if frames could not be resolved. Frames in the browser or the runtime itself do not count.`,
  arguments: { trace: text("[file]", "the file with the trace (default: -, standard input)") },
  options: {
    release: text("-r, --release <version>", "the release that produced the trace (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of the release"),
    local: repeated("--local <folder>", "use the build in this folder instead of a server; may be repeated"),
    file: repeated("--file <script=file>", "the uploaded file of a script in the trace, by debug id or name; may be repeated"),
    context: count("-C, --context <lines>", "how many lines to show around each position, at most 5 (default: 2)", DEFAULT_CONTEXT_LINES),
  },
  examples: [
    "sourcemaps resolve trace.txt -p web --release web@1.4.0",
    "sourcemaps resolve -p web --json < trace.txt",
    "sourcemaps resolve trace.txt -p web --release web@1.4.0 --file main.js=5b65abfb-2338-4f0b-a3b1-77e4d2a9a3f1",
    "sourcemaps resolve trace.txt --local dist",
  ],
  async run(context, args): Promise<Resolved> {
    const stack = await readTrace(context, args.trace);
    const files = parseFiles(args.file);
    const release = args.release ?? context.settings.release?.value ?? null;
    const dist = args.dist ?? null;
    const resolved =
      args.local.length > 0
        ? await resolveOnDisk(context, stack, args.local)
        : await resolveOnServer(context, stack, { release, dist, files });
    if (resolved.frames === 0)
      throw new CliError("input", "The text contains no stack frames.", "Pass the whole trace, exactly as it was printed.");
    return { ...resolved, release, dist, context: args.context };
  },
  print: (resolved, paint) => printStack(resolved, resolved.context, paint),
  exit: ({ lines }) => (lines.some(({ frame }) => frame !== null && isFixableMiss(frame)) ? "unresolved" : "ok"),
});

async function readTrace({ runtime }: Context, file: string | undefined): Promise<string> {
  if (file === undefined || file === "-") return runtime.readInput();
  return readFile(resolve(runtime.cwd, file), "utf8").catch(() => {
    throw new CliError("input", `Cannot read ${file}.`, "Pass a file with a stack trace, or pipe one in.");
  });
}

/** Parses the values of --file. The name of a script can have an equals sign in its query, and a debug id or the name of a file has none. */
function parseFiles(values: readonly string[]): Readonly<Record<string, string>> {
  return Object.fromEntries(
    values.map((value) => {
      const sign = value.lastIndexOf("=");
      if (sign > 0 && sign < value.length - 1) return [value.slice(0, sign), value.slice(sign + 1)];
      throw new CliError("usage", `--file has the value ${JSON.stringify(value)}.`, "Pass a script and a file, such as main.js=~/app.js.");
    }),
  );
}

type Event = { readonly release: string | null; readonly dist: string | null; readonly files: Readonly<Record<string, string>> };

const resolveOnServer = (context: Context, stack: string, { release, dist, files }: Event): Promise<ResolvedStackView> =>
  context.client.artifacts.resolveStack.query(
    {
      organization: requireOrganization(context),
      project: requireProject(context),
      stack,
      release: release ?? undefined,
      dist: dist ?? undefined,
      files,
    },
    { signal: context.runtime.signal },
  );

async function resolveOnDisk({ runtime: { cwd } }: Context, stack: string, folders: readonly string[]): Promise<ResolvedStackView> {
  const { findFiles, SCRIPT_EXTENSIONS } = await import("../sourcemaps/find-files.ts");
  const { readBuild } = await import("../sourcemaps/read-build.ts");
  const { resolveLocally } = await import("../sourcemaps/resolve-locally.ts");
  const { projectRoot } = await import("../sourcemaps/source-paths.ts");
  const build = await readBuild(await findFiles(folders, { cwd, extensions: SCRIPT_EXTENSIONS, ignore: [] }));
  return resolveLocally(stack, { build, folder: folders.join(", "), root: await projectRoot(cwd) });
}

type Explained = Outputs["artifacts"]["explainFrame"];
type Step = Explained["steps"][number];

/** Explains the steps that resolve one frame. */
export const explainFrame = command({
  describe: "explain why a stack frame can or cannot be resolved",
  details: `Shows each step: the release, the script, its reference to a source map, the map, the position in it, and the source text. If a
step fails, shows how to fix it and exits with 23.`,
  arguments: { place: text("[place]", "the URL of a script, with :line:column as in a stack trace") },
  options: {
    debugId: text("--debug-id <id>", "the debug id of the script"),
    release: text("-r, --release <version>", "the release of the script (LANDFALL_RELEASE, SENTRY_RELEASE)"),
    dist: text("-d, --dist <name>", "the dist of the release"),
  },
  examples: [
    "sourcemaps explain https://shop.example.com/static/app.js:1:4242 -p web --release web@1.4.0",
    "sourcemaps explain --debug-id 5b65abfb-2338-4f0b-a3b1-77e4d2a9a3f1 -p web",
  ],
  async run(context, { place, debugId, release, dist }): Promise<Explained> {
    if (place === undefined && debugId === undefined) {
      throw new CliError("usage", "No script specified.", "Pass the URL of a script, such as ~/app.js:1:42, or use --debug-id.");
    }
    const { url, line, column } = parsePlace(place ?? "");
    const version = release ?? context.settings.release?.value;
    return context.client.artifacts.explainFrame.query(
      {
        organization: requireOrganization(context),
        project: requireProject(context),
        url: url ?? undefined,
        line: line ?? undefined,
        column: column ?? undefined,
        debugId,
        release: version,
        dist,
      },
      { signal: context.runtime.signal },
    );
  },
  print({ steps, miss, original }, paint) {
    const width = Math.max(...steps.map(({ step }) => step.length));
    return [
      ...steps.map(
        ({ step, state, sentence }) =>
          `${symbolOf(state, paint)} ${step.padEnd(width)}  ${state === "skipped" ? paint.dim(sentence) : sentence}`,
      ),
      ...(miss === null ? [] : [`${paint.yellow("→")} ${miss.fix}`]),
      ...(original === null ? [] : ["", paint.green(`${original.source}:${original.line}:${original.column}`)]),
      ...(original?.context ? printContext(original.context, DEFAULT_CONTEXT_LINES, paint) : []),
    ].join("\n");
  },
  exit: (explained) => (isFixableMiss(explained) ? "unresolved" : "ok"),
});

function symbolOf(state: Step["state"], paint: Paint): string {
  if (state === "ok") return paint.green("✓");
  return state === "failed" ? paint.red("✗") : paint.dim("-");
}

/** Formats a resolved trace: each frame with its original position and source lines, or with the reason. Each reason is printed once. */
export function printStack({ lines, frames, resolved, choices }: ResolvedStackView, around: number, paint: Paint): string {
  const printed = new Set<string>();
  const filesOf = new Map(choices.map((choice) => [choice.url, choice]));
  const shown = lines.flatMap(({ text, frame }) => {
    if (frame === null) return [text];
    const { original } = frame;
    if (original === null)
      return [
        isFixableMiss(frame) ? text : paint.dim(text),
        ...matchLines(frame, printed, paint),
        ...missLines(frame, printed, paint, filesOf.get(frame.url ?? "")),
      ];
    const name = frame.originalFunction ?? frame.functionName;
    const place = `${original.source}:${original.line}:${original.column}`;
    const call = `    at ${name === null ? place : `${paint.bold(name)} (${paint.green(place)})`}`;
    const context = original.context === null ? missLines(frame, printed, paint) : printContext(original.context, around, paint);
    return [call, ...matchLines(frame, printed, paint), ...context];
  });
  const ending = `${resolved} of ${formatCount(frames, "frame")} resolved.`;
  return [shown.join("\n").trimEnd(), "", resolved === frames ? paint.green(ending) : paint.yellow(ending)].join("\n");
}

function matchLines({ match }: ResolvedFrameView, printed: Set<string>, paint: Paint): string[] {
  if (match === null || printed.has(match.sentence)) return [];
  printed.add(match.sentence);
  return [`      ${paint.green("✓")} ${paint.dim(match.sentence)}`];
}

function missLines(frame: ResolvedFrameView, printed: Set<string>, paint: Paint, choice?: ScriptChoiceView): string[] {
  const { miss } = frame;
  if (miss === null || (frame.original === null && !isFixableMiss(frame)) || printed.has(miss.sentence)) return [];
  printed.add(miss.sentence);
  return [`      ${paint.red("✗")} ${miss.sentence}`, `      ${paint.yellow("→")} ${miss.fix}`, ...choiceLines(choice, paint)];
}

/** The files that a script can be, each with the option that selects it. */
function choiceLines(choice: ScriptChoiceView | undefined, paint: Paint): string[] {
  if (choice === undefined) return [];
  const script = /([^/]+?)(?:[?#].*)?$/.exec(choice.url)?.[1] ?? choice.url;
  const options = choice.files.map(({ id, name, builtName, dateUploaded }) => ({
    option: `--file ${script}=${id}`,
    about: `${builtName ?? name}, uploaded ${shortDate(dateUploaded)}`,
  }));
  const width = Math.max(...options.map(({ option }) => option.length));
  return options.map(({ option, about }) => `        ${option.padEnd(width)}  ${paint.dim(about)}`);
}

/** Formats numbered source lines, `around` on either side of the position, whose line is marked and bold. */
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

/** Frames in the browser or the runtime, and generated code without a source: the user cannot fix these. */
const BENIGN: ReadonlySet<MissView["reason"]> = new Set(["no-address", "no-position", "position-unmapped"]);

/** Whether a frame should have been resolved but was not. A frame with a known position, without source text, is resolved. */
const isFixableMiss = ({ original, miss }: { readonly original: unknown; readonly miss: MissView | null }): boolean =>
  original === null && miss !== null && !BENIGN.has(miss.reason);
