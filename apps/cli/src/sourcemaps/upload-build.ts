import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { openFile } from "@landfall/artifacts/archive/random-access";
import { writeBundle } from "@landfall/artifacts/bundles/write-bundle";
import { uploadBundle, type UploadedBundle } from "@landfall/client/uploads/upload-bundle";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import { bundleFiles, type PlannedFile } from "./bundle-files.ts";
import { findFiles, SCRIPT_EXTENSIONS } from "./find-files.ts";
import { injectBuild, type InjectedScript } from "./inject-build.ts";
import { type Build, readBuild } from "./read-build.ts";
import { projectRoot, sourcePaths } from "./source-paths.ts";

export type BuildUpload = {
  readonly organization: string;
  readonly projects: readonly string[];
  /** Null if the files are found by debug id only. */
  readonly release: string | null;
  readonly dist: string | null;
  readonly paths: readonly string[];
  readonly extensions: readonly string[];
  readonly ignore: readonly string[];
  readonly urlPrefix: string;
  readonly urlSuffix: string;
  readonly stripPrefix: readonly string[];
  /** Whether to add missing source texts to maps from the disk. */
  readonly fillsSources: boolean;
  /** Whether to add debug ids to scripts and maps first. */
  readonly injects: boolean;
  /** Whether to fail if there is nothing to upload or a script has no map. */
  readonly isStrict: boolean;
  /** Whether to warn about each file with a problem, instead of one summary. */
  readonly validates: boolean;
  /** Whether to wait until the server has processed the bundle. */
  readonly waits: boolean;
};

/** The defaults of `landfall sourcemaps upload`. */
export const DEFAULTS: Omit<BuildUpload, "organization" | "projects" | "release" | "paths"> = {
  dist: null,
  extensions: [],
  ignore: [],
  urlPrefix: "~/",
  urlSuffix: "",
  stripPrefix: [],
  fillsSources: true,
  injects: false,
  isStrict: false,
  validates: false,
  waits: true,
};

/** A file that was uploaded, or in a dry run would be. */
type UploadedFile = {
  /** Relative to the current folder. */
  readonly path: string;
  readonly url: string;
  readonly type: PlannedFile["type"];
  readonly debugId: string | null;
};

export type UploadedBuild = {
  readonly files: readonly UploadedFile[];
  /** Null if there was nothing to upload, and in a dry run. */
  readonly bundle: (UploadedBundle & { readonly bundleId: string }) | null;
};

/** Uploads the scripts and source maps of a build as one bundle. Warns about problems. @throws CliError, and the errors of `uploadBundle`. */
export async function uploadBuild(context: Context, upload: BuildUpload): Promise<UploadedBuild> {
  const { cwd } = context.runtime;
  const build = await openBuild(context, upload);
  const sources = upload.fillsSources ? await sourcesOf(build, await projectRoot(cwd)) : new Map<string, ReadonlyMap<string, string>>();
  reportProblems(context, upload, checkBuild(build, sources));
  const files = bundleFiles(build, { ...upload, sources });
  const uploadedFiles = files.map(({ path, url, type, debugId }) => ({ path: relative(cwd, path), url, type, debugId }));
  if (files.length === 0) {
    const message = `Found nothing to upload in ${upload.paths.join(", ")}.`;
    if (upload.isStrict) throw new CliError("input", message, "Pass the output folder of the build.");
    context.warn(message);
    return { files: [], bundle: null };
  }
  for (const sentence of duplicateUrls(files, cwd)) context.warn(sentence);
  const { organization, projects, release, dist } = upload;
  const plan = { organization, projects, release, dist, files: uploadedFiles.map(({ url }) => url) };
  const bundle = await context.write("sourcemaps.upload", plan, () => send(context, upload, files));
  return { files: uploadedFiles, bundle: bundle ?? null };
}

/** Returns a warning for each URL of two files, as with two folders. Files with debug ids do not conflict. */
function duplicateUrls(files: readonly PlannedFile[], cwd: string): string[] {
  const pathByUrl = new Map<string, string>();
  return files.flatMap(({ url, path, debugId }) => {
    if (debugId !== null) return [];
    const first = pathByUrl.get(url);
    pathByUrl.set(url, first ?? path);
    return first === undefined ? [] : `${relative(cwd, first)} and ${relative(cwd, path)} have the same URL, ${url}.`;
  });
}

async function openBuild(context: Context, { paths, extensions, ignore, injects, release }: BuildUpload): Promise<Build> {
  const scripts = extensions.length > 0 ? extensions : SCRIPT_EXTENSIONS;
  const files = await findFiles(paths, { cwd: context.runtime.cwd, extensions: [...scripts, "map"], ignore });
  const build = await readBuild(files);
  const injected = injects ? await injectBuild(build, { isDryRun: context.isDryRun }) : [];
  for (const { path, problem } of injected) if (problem !== null) context.warn(`${relative(context.runtime.cwd, path)}: ${problem}`);
  const result = withIds(build, injected);
  if (release === null) checkFindable(result);
  return result;
}

/** Returns the build with the debug ids after injection. */
function withIds(build: Build, injected: readonly InjectedScript[]): Build {
  const ids = new Map<string, string>();
  for (const { path, map, debugId } of injected)
    for (const file of [path, map]) if (file !== null && debugId !== null) ids.set(file, debugId);
  return {
    scripts: build.scripts.map((script) => ({ ...script, debugId: ids.get(script.file.path) ?? script.debugId })),
    maps: build.maps.map((map) => ({ ...map, debugId: ids.get(map.file.path) ?? map.debugId })),
  };
}

/** Without a release, files can be found only by debug id. */
function checkFindable({ scripts }: Build): void {
  const without = scripts.filter(({ debugId }) => debugId === null);
  if (without.length === 0) return;
  throw new CliError(
    "input",
    `No release specified, and ${without.length === 1 ? "a script has" : `${without.length} scripts have`} no debug id.`,
    "Use --release or set LANDFALL_RELEASE, or add debug ids with --inject.",
  );
}

async function sourcesOf({ maps }: Build, root: string): Promise<Map<string, ReadonlyMap<string, string>>> {
  const sources = new Map<string, ReadonlyMap<string, string>>();
  for (const map of maps) {
    const found = await sourcePaths(map, root);
    if (found.size > 0) sources.set(map.file.path, found);
  }
  return sources;
}

function reportProblems({ runtime, warn }: Context, { isStrict, validates }: BuildUpload, problems: readonly BuildProblem[]): void {
  const withoutMap = problems.filter(({ kind }) => kind === "no-map");
  const lines = problems.map(({ path, sentence }) => `${relative(runtime.cwd, path)} ${sentence}`);
  if (isStrict && withoutMap.length > 0) {
    const [first = ""] = withoutMap.map(({ path, sentence }) => `${relative(runtime.cwd, path)} ${sentence}`);
    const others =
      withoutMap.length === 1
        ? ""
        : ` ${withoutMap.length - 1} more ${withoutMap.length === 2 ? "script has" : "scripts have"} no source map either.`;
    throw new CliError("input", `${first}${others}`, "Enable source maps in the build, exclude the file with --ignore, or omit --strict.");
  }
  if (validates) for (const line of lines) warn(line);
  else if (problems.length === 1) warn(lines[0] ?? "");
  else if (problems.length > 1) warn(`${problems.length} files have problems. Use --validate to list them. The first: ${lines[0] ?? ""}`);
}

async function send(context: Context, upload: BuildUpload, files: readonly PlannedFile[]): Promise<NonNullable<UploadedBuild["bundle"]>> {
  const { organization, projects, release, dist, waits } = upload;
  const { signal } = context.runtime;
  const folder = await mkdtemp(join(tmpdir(), "landfall-"));
  const progress = context.progress("uploading");
  try {
    const path = join(folder, "bundle.zip");
    const { bundleId } = await writeBundle(path, { organization, projects, release, dist }, files);
    const bundle = await openFile(path);
    try {
      const request = { organization, projects, version: release, dist, bundle, waits, signal };
      const uploaded = await uploadBundle(context.server, {
        ...request,
        onProgress: ({ step, done, total }) => step === "sending" && progress.show(done, total),
      });
      return { bundleId, ...uploaded };
    } finally {
      await bundle.close();
    }
  } finally {
    progress.end();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A reason why stack traces of a file cannot be resolved, or cannot be shown with source lines. */
type BuildProblem = {
  readonly path: string;
  readonly kind: "no-map" | "map-unreadable" | "no-sources-content" | "other-build";
  readonly sentence: string;
};

/** Returns the problems of a build. `sources` has the missing source texts that will be added from the disk. */
export function checkBuild({ scripts, maps }: Build, sources: ReadonlyMap<string, ReadonlyMap<string, string>>): BuildProblem[] {
  const problems: BuildProblem[] = [];
  const mapByPath = new Map(maps.map((map) => [map.file.path, map]));
  for (const { file, map, reference, debugId } of scripts) {
    if (map === null) {
      const sentence = reference === null ? "has no source map." : `refers to the source map ${reference}, which does not exist.`;
      problems.push({ path: file.path, kind: "no-map", sentence });
    }
    const mapId = map === null || map === "inline" ? null : (mapByPath.get(map.path)?.debugId ?? null);
    if (debugId !== null && mapId !== null && debugId !== mapId) {
      const sentence = `has the debug id ${debugId}, but its map has ${mapId}: they are from different builds.`;
      problems.push({ path: file.path, kind: "other-build", sentence });
    }
  }
  for (const { file, problem, withoutText } of maps) {
    if (problem !== null) problems.push({ path: file.path, kind: "map-unreadable", sentence: `cannot be used. ${problem}` });
    const missing = withoutText.filter((name) => !sources.get(file.path)?.has(name));
    const [first] = missing;
    if (first !== undefined) {
      const which = missing.length === 1 ? first : `${first} and ${missing.length - 1} more`;
      const sentence = `does not contain the text of ${which}. Enable sourcesContent in the build, or keep the sources next to it.`;
      problems.push({ path: file.path, kind: "no-sources-content", sentence });
    }
  }
  return problems;
}
