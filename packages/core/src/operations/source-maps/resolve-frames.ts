import { setImmediate } from "node:timers/promises";
import { showName } from "@landfall/artifacts/archive/bundle-problem";
import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { explainMiss } from "@landfall/artifacts/explain/explain-miss";
import type { FrameFacts, MapFacts, Miss, ScriptFacts } from "@landfall/artifacts/explain/facts";
import type { Position, Resolution } from "@landfall/artifacts/maps/resolve-position";
import type { MatchView, MissView, OriginalPlaceView, ResolvedFrameView } from "@landfall/schema/artifacts/source-maps";
import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../../kernel/app-error.ts";
import {
  findMap,
  findScript,
  type FoundMap,
  type FoundScript,
  type MapSearch,
  type ScriptMatched,
  type SearchContext,
  type WantedScript,
} from "./find-script.ts";
import type { SimilarScripts } from "./find-similar.ts";
import { findSources, sourceContext } from "./find-sources.ts";
import { gatherReleaseFacts, type Missing, type ReleaseKnowledge } from "./release-facts.ts";
import { problemMessage } from "./stored-file.ts";

/** A call in a stack trace. Lines and columns are counted from 1. */
export type Frame = WantedScript & { readonly line: number | null; readonly column: number | null };

/** A frame, and what was found out about it. */
export type ResolvedFrame = {
  readonly frame: Frame;
  readonly facts: FrameFacts;
  readonly script: FoundScript | null;
  /** The scripts that are like the frame's URL; null if they were not looked up. */
  readonly similar: SimilarScripts | null;
  readonly map: FoundMap | null;
  /** Why the script was found but could not be read. */
  readonly scriptProblem: string | null;
  /** Whether the text of the source comes from an uploaded file, not from the map. */
  readonly isSourceUploaded: boolean;
  readonly miss: Miss | null;
};

/**
 * Resolves the frames of one event, in their order. Each file is looked up and each map read once, however many frames it has. Runs at most 16
 * statements for each script, and eleven for all of them.
 */
export async function resolveFrames(search: SearchContext, frames: readonly Frame[]): Promise<ResolvedFrame[]> {
  const traced = new Map<Frame, TracedFrame>();
  for (const ofScript of Map.groupBy(frames, scriptKey).values()) {
    // A bundle can have many thousand files of the same name, and SQLite reads without leaving the event loop.
    if (traced.size > 0) await setImmediate();
    for (const [frame, found] of await traceScript(search, ofScript)) traced.set(frame, found);
  }
  const missing = collectMissing([...traced.values()]);
  const knowledge = missing === null ? null : await gatherReleaseFacts(search.db, search.event, missing);
  return frames.flatMap((frame) => {
    const found = traced.get(frame);
    return found === undefined ? [] : [toResolvedFrame(found, knowledge)];
  });
}

/** The same for all frames of one script. */
export const scriptKey = ({ url, debugId }: WantedScript): string => JSON.stringify([url, debugId]);

type TracedFrame = {
  readonly frame: Frame;
  readonly script: FoundScript | null;
  readonly similar: SimilarScripts | null;
  readonly search: MapSearch | null;
  readonly map: MapFacts | null;
  readonly resolution: Resolution | null;
  readonly isSourceUploaded: boolean;
};

/** Resolves frames of one script. */
async function traceScript(search: SearchContext, frames: readonly Frame[]): Promise<Map<Frame, TracedFrame>> {
  const [wanted] = frames;
  const { script, similar } = wanted === undefined ? { script: null, similar: null } : await findScript(search, wanted);
  const maps = script === null ? null : await findMap(search, script);
  const none = { script, similar, search: maps, map: null, resolution: null, isSourceUploaded: false };
  if (script === null || !maps?.map) return new Map(frames.map((frame) => [frame, { frame, ...none }]));
  const { map } = maps;
  const name = map.by === "inline" ? null : (map.file?.name ?? null);
  const positions = frames.flatMap((frame) => (frame.line === null ? [] : [{ frame, line: frame.line, column: frame.column }]));
  const reading = await readMap(search, map, positions);
  if (!reading.isRead) {
    const unreadable = { state: "unreadable", name, problem: reading.problem } as const;
    return new Map(frames.map((frame) => [frame, { frame, ...none, map: unreadable }]));
  }
  const facts = { state: "read", name, debugId: reading.debugId } as const;
  const resolutions = new Map(positions.map(({ frame }, index) => [frame, reading.resolutions[index] ?? null]));
  const withoutText = [...resolutions.values()].flatMap((found) => (found?.isFound === true && found.context === null ? found.source : []));
  const sources = { from: map.file, script: script.file, names: [...new Set(withoutText)] };
  const texts = withoutText.length === 0 ? new Map<string, never>() : await findSources(search, sources);
  return new Map(
    frames.map((frame) => {
      const resolution = resolutions.get(frame) ?? null;
      const traced = { frame, ...none, map: facts, resolution };
      if (resolution?.isFound !== true || resolution.context !== null) return [frame, traced];
      const context = sourceContext(texts.get(resolution.source), resolution.line, resolution.column);
      return [frame, { ...traced, resolution: { ...resolution, context }, isSourceUploaded: context !== null }];
    }),
  );
}

async function readMap({ maps }: SearchContext, { bytes }: FoundMap, positions: readonly Position[]) {
  try {
    return await maps.resolve(
      bytes,
      positions.map(({ line, column }) => ({ line, column })),
    );
  } catch (error) {
    return { isRead: false, problem: problemMessage(error) } as const;
  }
}

/** Returns what was not found and has to be explained; null if everything was found. */
function collectMissing(traced: readonly TracedFrame[]): Missing | null {
  const urls = traced.flatMap(({ script, frame }) => (script === null && frame.url !== null ? frame.url : []));
  const withoutMap = traced.filter(({ search }) => search !== null && search.map === null && search.wanted !== null);
  if (urls.length + withoutMap.length === 0) return null;
  return {
    urls: [...new Set(urls)],
    maps: [...new Set(withoutMap.flatMap(({ search }) => search?.wanted ?? []))],
    bundles: [...new Set(withoutMap.flatMap(({ script }) => script?.file?.bundle?.id ?? []))],
  };
}

function toResolvedFrame(
  { frame, script, similar, search, map, resolution, isSourceUploaded }: TracedFrame,
  knowledge: ReleaseKnowledge | null,
): ResolvedFrame {
  const wanted = search?.wanted ?? null;
  const missingMap: MapFacts | null =
    search === null || search.map !== null || wanted === null
      ? null
      : { state: "missing", name: wanted, names: knowledge?.namesLike(wanted) ?? [] };
  const facts: FrameFacts = {
    frame: { absPath: frame.url, line: frame.line, column: frame.column, debugId: normalizeDebugId(frame.debugId ?? "") },
    release: knowledge?.factsFor(frame.url) ?? null,
    script: script === null ? null : scriptFacts(frame, script, search),
    similar: similar && { names: similar.matches.map(({ script: { file } }) => file.name), isUnversioned: similar.isUnversioned },
    map: map ?? missingMap,
    resolution,
  };
  const scriptProblem = search?.problem ?? null;
  return {
    frame,
    facts,
    script,
    similar,
    map: search?.map ?? null,
    scriptProblem,
    isSourceUploaded,
    miss: scriptProblem === null ? explainMiss(facts) : null,
  };
}

const scriptFacts = (frame: Frame, { file, foundBy }: FoundScript, search: MapSearch | null): ScriptFacts => ({
  name: file?.name ?? frame.url ?? frame.debugId ?? "",
  foundBy,
  debugId: search?.debugId ?? null,
  reference: search?.reference ?? null,
});

/** The most characters of a name that are returned. A name in a map can be as long as the map. */
const LONGEST_NAME = 1000;

/** Returns the view of a frame. */
export function describeFrame(resolved: ResolvedFrame, functionName: string | null): ResolvedFrameView {
  const { url, line, column } = resolved.frame;
  const original = describeOriginal(resolved.facts.resolution);
  const match = describeMatch(resolved.script);
  return { functionName, originalFunction: null, url, line, column, original, miss: describeMiss(resolved), match };
}

/** Returns how a script was found that has neither the debug id nor the URL of the frame; null for any other script. */
export function describeMatch(script: FoundScript | null): MatchView | null {
  if (!script?.file || script.match === null) return null;
  const { by, isUnversioned } = script.match;
  const where = isUnversioned ? " It was uploaded without a release." : "";
  return { by, file: script.file.name, sentence: `${sentenceOf(script.match, showName(script.file.name))}${where}` };
}

function sentenceOf({ by, name }: ScriptMatched, file: string): string {
  if (by === "choice") return `The uploaded file ${file} was chosen.`;
  if (by === "path") return `Matched by the end of the path: the uploaded file is ${file}.`;
  return `Matched by ${by === "map" ? "the file name in its source map" : "its sourceMappingURL"}: ${showName(name)} was uploaded as ${file}.`;
}

function describeOriginal(resolution: Resolution | null): OriginalPlaceView | null {
  if (resolution?.isFound !== true) return null;
  const { source, line, column, name, context } = resolution;
  return {
    source: source.slice(0, LONGEST_NAME),
    line,
    column,
    name: name?.slice(0, LONGEST_NAME) ?? null,
    context: context === null ? null : { ...context, before: [...context.before], after: [...context.after] },
  };
}

/** Returns why the source or the source lines of a frame are not shown; null if nothing is missing. */
function describeMiss({ miss, script, scriptProblem }: ResolvedFrame): MissView | null {
  if (scriptProblem !== null) {
    const sentence = `${showName(script?.file?.name ?? "")} was found but cannot be read. ${scriptProblem}`;
    return { reason: "file-unreadable", sentence, fix: "Build again, and upload the file and its map." };
  }
  if (miss === null) return null;
  const { reason, sentence, fix } = miss;
  const near = "near" in miss ? miss.near.map(({ name }) => name) : [];
  return near.length > 0 ? { reason, sentence, fix, near } : { reason, sentence, fix };
}

/**
 * Requires `project:read` for source lines around a frame, which members need to debug errors. Whole files require the scope for downloads. Tokens
 * that only report releases, such as those of CI, cannot read sources.
 *
 * @throws 403 without the scope.
 */
export function assertCanReadSources(scopes: ReadonlySet<Scope>): void {
  if (!scopes.has("project:read")) throw new AppError("forbidden", "Reading sources requires the scope project:read.");
}
