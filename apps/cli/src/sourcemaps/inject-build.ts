import { randomBytes } from "node:crypto";
import { open, realpath, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { injectDebugId } from "@landfall/artifacts/inject/inject-debug-id";
import { isMapProblem } from "@landfall/artifacts/maps/parse-source-map";
import { type Build, type BuiltScript, readText } from "./read-build.ts";

/** What became of one script and its map. Paths are those on this machine. */
export type InjectedScript = {
  readonly path: string;
  /** The map's file; null for one inside of the script, and where there is none. */
  readonly map: string | null;
  readonly debugId: string | null;
  readonly state: "injected" | "unchanged" | "skipped";
  /** Why it was skipped; null otherwise. */
  readonly problem: string | null;
};

/** Gives every script of a build and its map a debug id, or in a rehearsal only tells what would be done. Files are written only when they change. */
export async function injectBuild({ scripts }: Build, { isRehearsal }: { readonly isRehearsal: boolean }): Promise<InjectedScript[]> {
  const injected: InjectedScript[] = [];
  for (const script of scripts) injected.push(await injectScript(script, isRehearsal));
  return injected;
}

async function injectScript({ file, map: built }: BuiltScript, isRehearsal: boolean): Promise<InjectedScript> {
  const map = built === null || built === "inline" ? null : built.path;
  const skipped = (problem: string): InjectedScript => ({ path: file.path, map, debugId: null, state: "skipped", problem });
  const [script, mapText] = [await readText(file.path), map === null ? null : await readText(map)];
  if (script === null) return skipped("The script is not UTF-8, so nothing can be put into it safely.");
  if (map !== null && mapText === null) return skipped("Its source map is not UTF-8.");
  try {
    const done = injectDebugId({ script, map: mapText });
    const changed: Replacement[] = [
      ...(map !== null && done.map !== null && done.isMapChanged ? [{ path: map, text: done.map }] : []),
      ...(done.isScriptChanged ? [{ path: file.path, text: done.script }] : []),
    ];
    if (!isRehearsal && changed.length > 0) await replaceFiles(changed);
    return { path: file.path, map, debugId: done.debugId, state: changed.length > 0 ? "injected" : "unchanged", problem: null };
  } catch (error) {
    if (isMapProblem(error)) return skipped(error.message);
    throw error;
  }
}

/** A file and what is to be in it. */
type Replacement = { readonly path: string; readonly text: string };

/**
 * Replaces files that belong together, as a script and its map do: all are written beside their places first, and only then put
 * there, each at once and with the permissions it had. When writing fails, none is changed.
 */
export async function replaceFiles(replacements: readonly Replacement[]): Promise<void> {
  const ready: { readonly from: string; readonly to: string }[] = [];
  try {
    for (const { path, text } of replacements) {
      // A link stays a link.
      const to = await realpath(path);
      const from = join(dirname(to), `.${basename(to)}.${randomBytes(6).toString("hex")}.tmp`);
      ready.push({ from, to });
      await write(from, text, (await stat(to)).mode & 0o7777);
    }
    for (const { from, to } of ready) await rename(from, to);
  } finally {
    await Promise.all(ready.map(({ from }) => rm(from, { force: true })));
  }
}

async function write(path: string, text: string, mode: number): Promise<void> {
  const file = await open(path, "wx", mode);
  try {
    await file.writeFile(text);
    // The process's umask may have taken some of them away.
    await file.chmod(mode);
  } finally {
    await file.close();
  }
}
