import { readdir, realpath, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import ignore from "ignore";
import type { Ignore } from "ignore";
import { CliError } from "../system/errors.ts";

/** A file of a build. */
export type FoundFile = {
  /** The absolute path. */
  readonly path: string;
  /** The folder that `name` is relative to: the given folder, or the folder of a given file. */
  readonly root: string;
  /** The path relative to `root`, with forward slashes. */
  readonly name: string;
};

export type FindOptions = {
  readonly cwd: string;
  /** File extensions without a dot. A given file may have any. */
  readonly extensions: readonly string[];
  /** Files and folders to ignore, in .gitignore syntax. `node_modules` is ignored unless `!node_modules` is in the list. */
  readonly ignore: readonly string[];
};

/** The extensions of scripts, unless `--ext` is used. */
export const SCRIPT_EXTENSIONS: readonly string[] = ["js", "mjs", "cjs"];

/**
 * Returns the given files and the files in the given folders, sorted by name, each once. Links to files are followed; links to folders are
 * not, because they can form cycles. @throws CliError `input` if a path does not exist.
 */
export async function findFiles(paths: readonly string[], { cwd, extensions, ignore: patterns }: FindOptions): Promise<FoundFile[]> {
  const found = new Map<string, FoundFile>();
  const isIncluded = (name: string): boolean => extensions.some((extension) => name.endsWith(`.${extension}`));
  const ignored = ignore({ allowRelativePaths: false }).add(["node_modules", ...patterns]);
  for (const pathArgument of paths) {
    const path = resolve(cwd, pathArgument);
    const stats = await stat(path).catch(() => null);
    if (stats === null) throw new CliError("input", `${pathArgument} does not exist.`, "Pass the output folder of the build.");
    const files = stats.isDirectory() ? walk(path, "", { ignored, isIncluded }) : [{ path, root: dirname(path), name: basename(path) }];
    for await (const file of files) {
      const real = await realpath(file.path);
      if (!found.has(real)) found.set(real, file);
    }
  }
  return [...found.values()].toSorted((a, b) => (a.name < b.name ? -1 : Number(a.name > b.name)));
}

type Filter = { readonly ignored: Ignore; readonly isIncluded: (name: string) => boolean };

async function* walk(root: string, below: string, filter: Filter): AsyncGenerator<FoundFile> {
  for (const entry of await readdir(join(root, below), { withFileTypes: true })) {
    const name = below === "" ? entry.name : `${below}/${entry.name}`;
    const path = join(root, name);
    if (entry.isDirectory()) {
      if (!filter.ignored.ignores(`${name}/`)) yield* walk(root, name, filter);
    } else if (filter.isIncluded(name) && !filter.ignored.ignores(name) && (entry.isFile() || (await isFile(path)))) {
      yield { path, root, name };
    }
  }
}

/** Whether a link points to an existing file. */
const isFile = (path: string): Promise<boolean> =>
  stat(path).then(
    (stats) => stats.isFile(),
    () => false,
  );
