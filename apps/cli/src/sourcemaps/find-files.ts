import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import ignore from "ignore";
import type { Ignore } from "ignore";
import { CliError } from "../system/errors.ts";

/** A file of a build. */
export type FoundFile = {
  /** Where it is on this machine. */
  readonly path: string;
  /** The folder its name counts from: the one that was given, or that of a file which was. */
  readonly root: string;
  /** Its path below `root`, with slashes. */
  readonly name: string;
};

export type FindOptions = {
  readonly cwd: string;
  /** Endings of names, without a dot. A file that is named itself may have any. */
  readonly extensions: readonly string[];
  /** Files and folders to pass over, in the form of .gitignore; `node_modules` is unless `!node_modules` says otherwise. */
  readonly ignore: readonly string[];
};

/** Scripts as bundlers write them, and what `--ext` says in their place. */
export const SCRIPT_EXTENSIONS: readonly string[] = ["js", "mjs", "cjs"];

/**
 * The files below some folders, and files that are named themselves, sorted by name and each once. Links to files are followed, links to
 * folders are not: they may lead in circles. Throws a CliError for a path that is not there.
 */
export async function findFiles(paths: readonly string[], { cwd, extensions, ignore: patterns }: FindOptions): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const isWanted = (name: string): boolean => extensions.some((extension) => name.endsWith(`.${extension}`));
  const ignored = ignore({ allowRelativePaths: false }).add(["node_modules", ...patterns]);
  for (const given of paths) {
    const path = resolve(cwd, given);
    const known = await stat(path).catch(() => null);
    if (known === null) throw new CliError("input", `There is no ${given}.`, "Name the folder that the build was written to.");
    const files = known.isDirectory() ? walk(path, "", { ignored, isWanted }) : [{ path, root: dirname(path), name: basename(path) }];
    for await (const file of files) {
      const real = await realpath(file.path);
      if (!found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

type Walk = { readonly ignored: Ignore; readonly isWanted: (name: string) => boolean };

async function* walk(root: string, below: string, on: Walk): AsyncGenerator<FoundFile> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    const path = join(root, name);
    if (entry.isDirectory()) {
      if (!on.ignored.ignores(`${name}/`)) yield* walk(root, name, on);
    } else if (on.isWanted(name) && !on.ignored.ignores(name) && (entry.isFile() || (await isFile(path)))) {
      yield { path, root, name };
    }
  }
}

/** Whether a link leads to a file; one that leads nowhere does not. */
const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (known) => known.isFile(),
    () => false,
  );
