import { showName } from "@landfall/artifacts/archive/bundle-problem";
import type { Resolution } from "@landfall/artifacts/maps/resolve-position";
import type { MissView, OriginalPlaceView, ResolvedFrameView } from "@landfall/schema/views/resolved-stack";
import type { ResolvedFrame } from "./resolve-frames.ts";

/** Names of maps may be as long as maps are. */
const LONGEST_NAME = 1000;

/** A frame as it is told. */
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

/** Why a frame is not shown in its source, or not with its lines; null when nothing is missing. */
export function describeMiss({ miss, script, scriptProblem }: ResolvedFrame): MissView | null {
  if (scriptProblem !== null) {
    const sentence = `${showName(script?.file?.name ?? "")} was found and cannot be read. ${scriptProblem}`;
    return { reason: "file-unreadable", sentence, fix: "Build again, and upload the file and its map." };
  }
  if (miss === null) return null;
  const { reason, sentence, fix } = miss;
  const near = "near" in miss ? miss.near.map(({ name }) => name) : [];
  return { reason, sentence, fix, ...(near.length > 0 && { near }) };
}
