import { showName } from "../archive/bundle-problem.ts";
import { nearestNames } from "../urls/nearest-names.ts";
import type { FrameFacts, MapFacts, ScriptFacts } from "./facts.ts";
import type { Miss } from "./miss.ts";

/** Why a minified file that was found does not lead to its source; null when it does. */
export function explainMap({ frame, map, resolution }: FrameFacts, script: ScriptFacts): Miss | null {
  if (script.reference === null && (map === null || map.state === "missing")) {
    const sentence = `${showName(script.name)} was found, and says nowhere where its source map is.`;
    const fix = "Let the build tool write source maps with their sourceMappingURL comment, and upload the map together with the file.";
    return { reason: "map-reference-missing", script: script.name, sentence, fix };
  }
  if (map === null || map.state === "missing") return explainMissing(script, map);
  if (map.state === "unreadable") {
    const which = map.name === null ? "The source map" : `The source map ${showName(map.name)}`;
    const sentence = `${which} of ${showName(script.name)} cannot be read. ${map.problem}`;
    return {
      reason: "map-unreadable",
      map: map.name,
      problem: map.problem,
      sentence,
      fix: "Build again, and upload the file and its map.",
    };
  }
  if (frame.line === null) {
    return { reason: "no-position", sentence: "The frame tells no line, so no place can be looked up.", fix: "Nothing is to be done." };
  }
  if (resolution === null || !resolution.isFound)
    return explainPosition(frame.line, frame.column, script, map, resolution?.why ?? "outside");
  if (resolution.context !== null) return null;
  const sentence = `The place was found in ${showName(resolution.source)}; its lines cannot be shown, for the source map does not carry the text of its sources.`;
  return {
    reason: "no-sources-content",
    source: resolution.source,
    sentence,
    fix: "Let the build tool put sourcesContent into its maps, or upload the sources too.",
  };
}

function explainMissing(script: ScriptFacts, map: (MapFacts & { state: "missing" }) | null): Miss {
  const near = map?.name === undefined || map.name === null ? [] : nearestNames(map.name, map.names);
  const wanted = map?.name ?? script.reference?.reference ?? null;
  const found = near[0] === undefined ? "" : ` The nearest that was is ${showName(near[0].name)}.`;
  const sentence = `${showName(script.name)} refers to ${showName(wanted ?? "")}, which was not uploaded.${found}`;
  const fix = "Upload the map together with the file: point sourcemaps upload at the folder that holds both.";
  return { reason: "map-missing", script: script.name, map: wanted, near, sentence, fix };
}

function explainPosition(
  line: number,
  column: number | null,
  script: ScriptFacts,
  map: MapFacts & { state: "read" },
  why: "outside" | "unmapped",
): Miss {
  if (script.debugId !== null && map.debugId !== null && script.debugId !== map.debugId) {
    const sentence = `The source map found for ${showName(script.name)} has the debug id ${map.debugId}, and the file has ${script.debugId}: they are of two builds.`;
    const fix = "Upload the file and the map that one build made.";
    return { reason: "map-of-other-build", script: script.name, scriptDebugId: script.debugId, mapDebugId: map.debugId, sentence, fix };
  }
  const place = column === null ? `Line ${line}` : `Line ${line}, column ${column}`;
  if (why === "unmapped") {
    const sentence = `${place} of ${showName(script.name)} is code that the build tool added; it comes from no source.`;
    return { reason: "position-unmapped", line, column, sentence, fix: "Nothing is to be done." };
  }
  const sentence = `${place} of ${showName(script.name)} lies outside of what its source map describes, so the file that ran is probably another.`;
  return {
    reason: "position-outside",
    line,
    column,
    sentence,
    fix: "Upload the very files that are deployed, after the last step that changes them.",
  };
}
