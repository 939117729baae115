import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { ResolvedStackView } from "@landfall/schema/views/resolved-stack";
import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import type { Context } from "../../context.ts";
import { count, repeated, text } from "../../parameters.ts";
import { isOpenMiss } from "../../sourcemaps/is-open-miss.ts";
import { printStack } from "../../sourcemaps/print-stack.ts";
import { wantedOrganization, wantedProject } from "../../wanted.ts";

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
      organization: wantedOrganization(context),
      project: wantedProject(context),
      stack,
      ...(release === null ? {} : { release }),
      ...(dist === null ? {} : { dist }),
    },
    { signal: context.world.signal },
  );

async function onDisk({ world: { cwd } }: Context, stack: string, folders: readonly string[]): Promise<ResolvedStackView> {
  const { findFiles, SCRIPT_EXTENSIONS } = await import("../../sourcemaps/find-files.ts");
  const { readBuild } = await import("../../sourcemaps/read-build.ts");
  const { resolveLocally } = await import("../../sourcemaps/resolve-locally.ts");
  const { projectRoot } = await import("../../sourcemaps/source-paths.ts");
  const build = await readBuild(await findFiles(folders, { cwd, extensions: SCRIPT_EXTENSIONS, ignore: [] }));
  return resolveLocally(stack, { build, folder: folders.join(", "), root: await projectRoot(cwd) });
}
