import { relative } from "node:path";
import { command } from "../../command.ts";
import { endingsOf, FILE_OPTIONS, PATHS } from "../../sourcemaps/options.ts";
import type { InjectedScript } from "../../sourcemaps/inject-build.ts";
import { table } from "../../terminal/table.ts";

type Injected = {
  readonly scripts: readonly InjectedScript[];
  readonly injected: number;
  readonly unchanged: number;
  readonly skipped: number;
  readonly dryRun: boolean;
};

/** Gives scripts and their maps debug ids. */
export const injectSourcemaps = command({
  describe: "give built scripts and their source maps debug ids",
  details: `A debug id says which map belongs to a script, whatever the two are called and wherever they lie. Do it after the last step that
changes the files and before they are deployed, and upload those same files. Name the folder of the build and not that of the project: every
script below it is changed.

The id is made of the files: the same build gets the same ids. Files that have them, from any tool, are left alone; doing it twice changes
nothing. A script without a map gets an id too. Files are replaced at once, with their permissions.`,
  arguments: { paths: PATHS },
  options: FILE_OPTIONS,
  examples: ["sourcemaps inject dist", "sourcemaps inject dist --ignore 'vendor/**' --dry-run"],
  writes: true,
  rehearses: true,
  async run(context, { paths, ext, ignore }): Promise<Injected> {
    const { findFiles, SCRIPT_EXTENSIONS } = await import("../../sourcemaps/find-files.ts");
    const { readBuild } = await import("../../sourcemaps/read-build.ts");
    const { injectBuild } = await import("../../sourcemaps/inject-build.ts");
    const { cwd } = context.world;
    const extensions = ext.length > 0 ? endingsOf(ext) : SCRIPT_EXTENSIONS;
    const build = await readBuild(await findFiles(paths, { cwd, extensions, ignore }));
    if (build.scripts.length === 0) context.warn(`There are no scripts in ${paths.join(", ")}.`);
    const scripts = await injectBuild(build, { isRehearsal: context.isDryRun });
    const from = (path: string): string => relative(cwd, path);
    const told = scripts.map((script) => ({ ...script, path: from(script.path), map: script.map === null ? null : from(script.map) }));
    for (const { path, problem } of told) if (problem !== null) context.warn(`${path}: ${problem}`);
    const count = (wanted: InjectedScript["state"]): number => told.filter(({ state }) => state === wanted).length;
    return {
      scripts: told,
      injected: count("injected"),
      unchanged: count("unchanged"),
      skipped: count("skipped"),
      dryRun: context.isDryRun,
    };
  },
  print({ scripts, injected, unchanged, skipped, dryRun }, paint) {
    const rows = scripts.map(({ state, path, map, debugId }) => [
      dryRun && state === "injected" ? "to inject" : state,
      path,
      map ?? "-",
      debugId ?? "-",
    ]);
    const counts = [
      `${injected} ${dryRun ? "to inject" : "injected"}`,
      `${unchanged} unchanged`,
      ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ];
    return [table(["STATE", "SCRIPT", "MAP", "DEBUG ID"], rows, paint, "No scripts."), `${counts.join(", ")}.`].join("\n");
  },
});
