import { explainMiss } from "@landfall/artifacts/explain/explain-miss";
import type { MapFacts, ScriptFacts } from "@landfall/artifacts/explain/facts";
import { mapReference } from "@landfall/artifacts/map-reference";
import { decodeDataUrl, isMapProblem, parseSourceMap, type SourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { resolvePosition } from "@landfall/artifacts/maps/resolve-position";
import { SourceText } from "@landfall/artifacts/maps/source-text";
import { type FrameLine, functionNames, parseStack } from "@landfall/artifacts/stacks";
import { nearestNames, urlCandidates } from "@landfall/artifacts/urls";
import type { MissView, OriginalPlaceView, ResolvedFrameView, ResolvedStackView } from "@landfall/schema/artifacts/source-maps";
import { type Build, type BuiltScript, readText } from "./read-build.ts";
import { sourcePaths } from "./source-paths.ts";

export type LocalBuild = {
  readonly build: Build;
  /** The folders as written by the user, for messages. */
  readonly folder: string;
  /** The folder below which missing source texts are read. */
  readonly root: string;
};

/** Resolves a stack trace with the source maps of a local build, like the server does with uploaded ones. */
export async function resolveLocally(stack: string, local: LocalBuild): Promise<ResolvedStackView> {
  const maps = new Map<BuiltScript, LocalMap>();
  const mapOf = async (script: BuiltScript): Promise<LocalMap> => {
    const map = maps.get(script) ?? (await readMap(script));
    maps.set(script, map);
    return map;
  };
  const lines: ResolvedStackView["lines"] = [];
  for (const line of parseStack(stack)) {
    lines.push({ text: line.text, frame: line.kind === "text" ? null : await resolveFrame(line, local, mapOf) });
  }
  const names = functionNames(lines);
  const namedLines = lines.map(({ text, frame }, index) => ({
    text,
    frame: frame && { ...frame, originalFunction: names[index] ?? null },
  }));
  const frames = namedLines.flatMap(({ frame }) => frame ?? []);
  return { lines: namedLines, frames: frames.length, resolved: frames.filter(({ original }) => original !== null).length, choices: [] };
}

async function resolveFrame(
  { functionName, url, line, column }: FrameLine,
  local: LocalBuild,
  mapOf: (script: BuiltScript) => Promise<LocalMap>,
): Promise<ResolvedFrameView> {
  const frame = { functionName, originalFunction: null, url, line, column, match: null };
  const missed = (miss: MissView): ResolvedFrameView => ({ ...frame, original: null, miss });
  const candidate = urlCandidates(url ?? "").at(-1);
  if (candidate === undefined) return missed(NO_ADDRESS);
  const script = findScript(candidate, local.build);
  if (script === null) return missed(noScript(candidate, local.folder));
  const { map, facts } = await mapOf(script);
  const resolution = map === null || line === null ? null : resolvePosition(map, { line, column });
  const place = resolution?.isFound
    ? { ...resolution, context: resolution.context ?? (await contextOnDisk(resolution, script, local)) }
    : null;
  const miss = explainMiss({
    frame: { absPath: url, line, column, debugId: null },
    release: null,
    script: scriptFacts(script),
    similar: null,
    map: facts,
    resolution: place ?? resolution,
  });
  const missView = miss && { reason: miss.reason, sentence: miss.sentence, fix: miss.fix };
  return { ...frame, original: place && originalOf(place), miss: missView };
}

/** Returns the script whose path has the longest common ending with that of the frame; the first if several do. */
function findScript(candidate: string, { scripts }: Build): BuiltScript | null {
  const [nearest] = nearestNames(
    candidate,
    scripts.map(({ file }) => file.name),
    1,
  );
  if (nearest === undefined || nearest.isOtherBuild) return null;
  return scripts.find(({ file }) => file.name === nearest.name) ?? null;
}

/** The map of a script; if it is null, `facts` explains why. */
type LocalMap = { readonly map: SourceMap | null; readonly facts: MapFacts | null };

async function readMap({ file, map, reference }: BuiltScript): Promise<LocalMap> {
  if (map === null) return { map: null, facts: reference === null ? null : { state: "missing", name: reference, names: [] } };
  const name = map === "inline" ? null : map.name;
  try {
    const text = (await readText(map === "inline" ? file.path : map.path)) ?? "";
    const read = parseSourceMap(map === "inline" ? decodeDataUrl(mapReference({ text })?.reference ?? "") : text);
    return { map: read, facts: { state: "read", name, debugId: read.debugId } };
  } catch (error) {
    if (!isMapProblem(error)) throw error;
    return { map: null, facts: { state: "unreadable", name, problem: error.message } };
  }
}

const scriptFacts = ({ file, debugId, reference, map }: BuiltScript): ScriptFacts => ({
  name: file.name,
  foundBy: "name",
  debugId,
  reference: map === null && reference === null ? null : { reference: reference ?? "", from: "comment", isInline: map === "inline" },
});

type Place = { readonly source: string; readonly line: number; readonly column: number };

/** Reads the lines around a position from the disk, for a source whose text is not in the map. */
async function contextOnDisk({ source, line, column }: Place, { map }: BuiltScript, { build, root }: LocalBuild) {
  const built = build.maps.find(({ file }) => map !== null && map !== "inline" && file.path === map.path);
  const path = built === undefined ? undefined : (await sourcePaths({ ...built, withoutText: [source] }, root)).get(source);
  const text = path === undefined ? null : await readText(path);
  return text === null ? null : new SourceText(text).context(line, column - 1, CONTEXT_LINES);
}

/** As many lines as the server returns. */
const CONTEXT_LINES = 5;

function originalOf({ source, line, column, name, context }: OriginalLike): OriginalPlaceView {
  const lines = context && { ...context, before: [...context.before], after: [...context.after] };
  return { source, line, column, name, context: lines };
}

type OriginalLike = Place & { readonly name: string | null; readonly context: ReturnType<SourceText["context"]> };

const NO_ADDRESS: MissView = {
  reason: "no-address",
  sentence: "The frame is in the browser or in the runtime, not in a file of the build.",
  fix: "No action is needed.",
};

const noScript = (candidate: string, folder: string): MissView => ({
  reason: "file-missing",
  sentence: `No file in ${folder} matches ${candidate}.`,
  fix: "Use --local with the folder of the build that was running.",
});
