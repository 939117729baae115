import { showName } from "@landfall/artifacts/archive/bundle-problem";
import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { explainMiss } from "@landfall/artifacts/explain/explain-miss";
import type { FrameFacts, MapFacts, Miss, ScriptFacts } from "@landfall/artifacts/explain/facts";
import type { Position, Resolution } from "@landfall/artifacts/maps/resolve-position";
import type { MissView, OriginalPlaceView, ResolvedFrameView } from "@landfall/schema/artifacts/source-maps";
import type { Scope } from "@landfall/schema/scope";
import { AppError } from "../../kernel/app-error.ts";
import {
  findMap,
  findScript,
  type FoundMap,
  type FoundScript,
  type MapSearch,
  type SearchContext,
  type WantedScript,
} from "./find-script.ts";
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
  readonly map: FoundMap | null;
  /** Why the script was found but could not be read. */
  readonly scriptProblem: string | null;
  /** Whether the text of the source comes from an uploaded file, not from the map. */
  readonly isSourceUploaded: boolean;
  readonly miss: Miss | null;
};

/**
 * Resolves the frames of one event, in their order. Each file is looked up and each map read once, however many frames it has. Runs at most ten
 * statements for each script, and seven for all files that were not found.
 */
export async function resolveFrames(search: SearchContext, frames: readonly Frame[]): Promise<ResolvedFrame[]> {
  const traced = new Map<Frame, TracedFrame>();
  for (const ofScript of Map.groupBy(frames, scriptKey).values()) {
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
  readonly search: MapSearch | null;
  readonly map: MapFacts | null;
  readonly resolution: Resolution | null;
  readonly isSourceUploaded: boolean;
};

/** Resolves frames of one script. */
async function traceScript(search: SearchContext, frames: readonly Frame[]): Promise<Map<Frame, TracedFrame>> {
  const [wanted] = frames;
  const script = wanted === undefined ? null : await findScript(search, wanted);
  const maps = script === null ? null : await findMap(search, script);
  const none = { script, search: maps, map: null, resolution: null, isSourceUploaded: false };
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
  { frame, script, search, map, resolution, isSourceUploaded }: TracedFrame,
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
    map: map ?? missingMap,
    resolution,
  };
  const scriptProblem = search?.problem ?? null;
  return {
    frame,
    facts,
    script,
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
  return { functionName, originalFunction: null, url, line, column, original, miss: describeMiss(resolved) };
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
