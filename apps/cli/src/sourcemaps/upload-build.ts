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
  /** Null to have the files found by debug id alone. */
  readonly release: string | null;
  readonly dist: string | null;
  readonly paths: readonly string[];
  readonly extensions: readonly string[];
  readonly ignore: readonly string[];
  readonly urlPrefix: string;
  readonly urlSuffix: string;
  readonly stripPrefix: readonly string[];
  /** Whether maps get the texts they lack from the disk. */
  readonly fillsSources: boolean;
  /** Whether scripts and maps get debug ids first. */
  readonly injects: boolean;
  /** Whether nothing to upload, and a script without its map, is a failure. */
  readonly isStrict: boolean;
  /** Whether everything that is odd is told, file by file. */
  readonly validates: boolean;
  readonly waits: boolean;
};

/** How a build is uploaded unless somebody says otherwise. */
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

/** A file that was uploaded, or would be. */
type UploadedFile = {
  /** From the current folder. */
  readonly path: string;
  readonly url: string;
  readonly type: PlannedFile["type"];
  readonly debugId: string | null;
};

export type UploadedBuild = {
  readonly files: readonly UploadedFile[];
  /** Null when there was nothing to upload, and after a dry run. */
  readonly bundle: (UploadedBundle & { readonly bundleId: string }) | null;
};

/** Uploads the scripts and source maps of a build as one bundle. What is odd is warned of. Throws a CliError, and what `uploadBundle` throws. */
export async function uploadBuild(context: Context, upload: BuildUpload): Promise<UploadedBuild> {
  const { cwd } = context.world;
  const build = await openBuild(context, upload);
  const sources = upload.fillsSources ? await sourcesOf(build, await projectRoot(cwd)) : new Map<string, ReadonlyMap<string, string>>();
  tellProblems(context, upload, checkBuild(build, sources));
  const files = bundleFiles(build, { ...upload, sources });
  const told = files.map(({ path, url, type, debugId }) => ({ path: relative(cwd, path), url, type, debugId }));
  if (files.length === 0) {
    const message = `There is nothing to upload in ${upload.paths.join(", ")}.`;
    if (upload.isStrict) throw new CliError("input", message, "Name the folder that the build was written to.");
    context.warn(message);
    return { files: [], bundle: null };
  }
  for (const sentence of sameNames(files, cwd)) context.warn(sentence);
  const { organization, projects, release, dist } = upload;
  const plan = { organization, projects, release, dist, files: told.map(({ url }) => url) };
  const bundle = await context.write("sourcemaps.upload", plan, () => send(context, upload, files));
  return { files: told, bundle: bundle ?? null };
}

/** Files with one address, as of two folders. Those with debug ids can be told apart. */
function sameNames(files: readonly PlannedFile[], cwd: string): string[] {
  const pathByUrl = new Map<string, string>();
  return files.flatMap(({ url, path, debugId }) => {
    if (debugId !== null) return [];
    const first = pathByUrl.get(url);
    pathByUrl.set(url, first ?? path);
    return first === undefined
      ? []
      : `${relative(cwd, first)} and ${relative(cwd, path)} are both called ${url}, and it is unclear which is meant.`;
  });
}

async function openBuild(context: Context, { paths, extensions, ignore, injects, release }: BuildUpload): Promise<Build> {
  const scripts = extensions.length > 0 ? extensions : SCRIPT_EXTENSIONS;
  const files = await findFiles(paths, { cwd: context.world.cwd, extensions: [...scripts, "map"], ignore });
  const build = await readBuild(files);
  const injected = injects ? await injectBuild(build, { isRehearsal: context.isDryRun }) : [];
  for (const { path, problem } of injected) if (problem !== null) context.warn(`${relative(context.world.cwd, path)}: ${problem}`);
  const known = withIds(build, injected);
  if (release === null) checkFindable(known);
  return known;
}

/** The build with the debug ids that its files have now, or would have. */
function withIds(build: Build, injected: readonly InjectedScript[]): Build {
  const ids = new Map<string, string>();
  for (const { path, map, debugId } of injected)
    for (const file of [path, map]) if (file !== null && debugId !== null) ids.set(file, debugId);
  return {
    scripts: build.scripts.map((script) => ({ ...script, debugId: ids.get(script.file.path) ?? script.debugId })),
    maps: build.maps.map((map) => ({ ...map, debugId: ids.get(map.file.path) ?? map.debugId })),
  };
}

/** Without a release only debug ids lead to a file. */
function checkFindable({ scripts }: Build): void {
  const without = scripts.filter(({ debugId }) => debugId === null);
  if (without.length === 0) return;
  throw new CliError(
    "input",
    `No release is known, and ${without.length === 1 ? "a script has" : `${without.length} scripts have`} no debug id to be found by.`,
    "Name the version with --release or LANDFALL_RELEASE, or give the scripts debug ids with --inject.",
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

function tellProblems({ world, warn }: Context, { isStrict, validates }: BuildUpload, problems: readonly BuildProblem[]): void {
  const withoutMap = problems.filter(({ kind }) => kind === "no-map");
  const lines = problems.map(({ path, sentence }) => `${relative(world.cwd, path)} ${sentence}`);
  if (isStrict && withoutMap.length > 0) {
    const [first = ""] = withoutMap.map(({ path, sentence }) => `${relative(world.cwd, path)} ${sentence}`);
    const others = withoutMap.length === 1 ? "" : ` So it is with ${withoutMap.length - 1} more.`;
    throw new CliError(
      "input",
      `${first}${others}`,
      "Let the build write source maps, pass the file over with --ignore, or leave --strict out.",
    );
  }
  if (validates) for (const line of lines) warn(line);
  else if (problems.length === 1) warn(lines[0] ?? "");
  else if (problems.length > 1)
    warn(`${problems.length} files are not as they should be; --validate names them. The first: ${lines[0] ?? ""}`);
}

async function send(context: Context, upload: BuildUpload, files: readonly PlannedFile[]): Promise<NonNullable<UploadedBuild["bundle"]>> {
  const { organization, projects, release, dist, waits } = upload;
  const { signal } = context.world;
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

/** Something about a file that keeps stack traces from being resolved, or from being shown with their lines. */
type BuildProblem = {
  readonly path: string;
  readonly kind: "no-map" | "map-unreadable" | "no-sources-content" | "other-build";
  readonly sentence: string;
};

/** What is odd about a build. `sources` tells which texts that a map lacks are on this machine, and so will be added. */
export function checkBuild({ scripts, maps }: Build, sources: ReadonlyMap<string, ReadonlyMap<string, string>>): BuildProblem[] {
  const problems: BuildProblem[] = [];
  const mapByPath = new Map(maps.map((map) => [map.file.path, map]));
  for (const { file, map, reference, debugId } of scripts) {
    if (map === null) {
      const sentence = reference === null ? "has no source map." : `refers to the source map ${reference}, which is not there.`;
      problems.push({ path: file.path, kind: "no-map", sentence });
    }
    const mapId = map === null || map === "inline" ? null : (mapByPath.get(map.path)?.debugId ?? null);
    if (debugId !== null && mapId !== null && debugId !== mapId) {
      const sentence = `has the debug id ${debugId} and its map ${mapId}: they are of two builds.`;
      problems.push({ path: file.path, kind: "other-build", sentence });
    }
  }
  for (const { file, problem, withoutText } of maps) {
    if (problem !== null) problems.push({ path: file.path, kind: "map-unreadable", sentence: `cannot be used. ${problem}` });
    const lacking = withoutText.filter((name) => !sources.get(file.path)?.has(name));
    const [first] = lacking;
    if (first !== undefined) {
      const which = lacking.length === 1 ? first : `${first} and ${lacking.length - 1} more`;
      const sentence = `does not carry the text of ${which}: put sourcesContent into it, or keep the sources beside the build.`;
      problems.push({ path: file.path, kind: "no-sources-content", sentence });
    }
  }
  return problems;
}
