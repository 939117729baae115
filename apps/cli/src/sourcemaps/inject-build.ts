import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { injectDebugId } from "@landfall/artifacts/inject/inject-debug-id";
import { isMapProblem } from "@landfall/artifacts/maps/parse-source-map";
import { type Build, type BuiltScript, readText } from "./read-build.ts";

/** The result for one script and its map, with absolute paths. */
export type InjectedScript = {
  readonly path: string;
  /** The path of the map; null if it is inline or missing. */
  readonly map: string | null;
  readonly debugId: string | null;
  readonly state: "injected" | "unchanged" | "skipped";
  /** Why it was skipped; null otherwise. */
  readonly problem: string | null;
};

/** Adds debug ids to the scripts of a build and their maps. Writes only files that change; in a dry run, writes none. */
export async function injectBuild({ scripts }: Build, { isDryRun }: { readonly isDryRun: boolean }): Promise<InjectedScript[]> {
  const injected: InjectedScript[] = [];
  for (const script of scripts) injected.push(await injectScript(script, isDryRun));
  return injected;
}

async function injectScript({ file, map: built }: BuiltScript, isDryRun: boolean): Promise<InjectedScript> {
  const map = built === null || built === "inline" ? null : built.path;
  const skipped = (problem: string): InjectedScript => ({ path: file.path, map, debugId: null, state: "skipped", problem });
  const [script, mapText] = [await readText(file.path), map === null ? null : await readText(map)];
  if (script === null) return skipped("The script is not UTF-8, so it cannot be changed safely.");
  if (map !== null && mapText === null) return skipped("The source map is not UTF-8.");
  try {
    const injected = injectDebugId({ script, map: mapText });
    const changed: Replacement[] = [
      ...(map !== null && injected.map !== null && injected.isMapChanged ? [{ path: map, text: injected.map }] : []),
      ...(injected.isScriptChanged ? [{ path: file.path, text: injected.script }] : []),
    ];
    if (!isDryRun && changed.length > 0) await replaceFiles(changed);
    return { path: file.path, map, debugId: injected.debugId, state: changed.length > 0 ? "injected" : "unchanged", problem: null };
  } catch (error) {
    if (isMapProblem(error)) return skipped(error.message);
    throw error;
  }
}

/** A file and its new content. */
type Replacement = { readonly path: string; readonly text: string };

/**
 * Replaces files that belong together, such as a script and its map. Writes all of them to temporary files first and then renames each
 * atomically, with its old permissions. If a write fails, no file is changed.
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const written: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of replacements) {
      // Keeps symbolic links.
      const to = await realpath(path);
      const from = join(dirname(to), `.${basename(to)}.${randomBytes(6).toString("hex")}.tmp`);
      written.push({ from, to });
      await write(from, text, (await stat(to)).mode & 0o7777);
    }
    for (const { from, to } of written) await rename(from, to);
  } finally {
    await Promise.all(written.map(({ from }) => rm(from, { force: true })));
  }
}

async function write(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    // The umask may have removed some permissions.
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}
