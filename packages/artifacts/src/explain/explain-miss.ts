import { showName } from "../archive/bundle-problem.ts";
import { nearestNames, type NearName, splitUrl, urlCandidates, withoutOneSlash } from "../urls.ts";
import type { Dist, FrameFacts, MapFacts, Miss, ReleaseFacts, ScriptFacts } from "./facts.ts";

/**
 * Why a frame is not shown in its source, and what would mend it: the first step that failed, from the release to the text of the source.
 * Null when nothing is missing.
 */
export function explainMiss(facts: FrameFacts): Miss | null {
  if (facts.resolution?.isFound === true && facts.resolution.context !== null) return null;
  return facts.script === null ? explainScript(facts) : explainMap(facts, facts.script);
}

const injectFix = "Run sourcemaps inject on the built files before they are deployed, and upload those same files.";
const uploadFix = "Upload the built files and their source maps for this release, with sourcemaps upload.";

/** Why the minified file of a frame was not found. */
function explainScript({ frame, release }: Pick<FrameFacts, "frame" | "release">): Miss {
  const absPath = frame.absPath ?? "";
  const wanted = urlCandidates(absPath).at(-1);
  if (wanted === undefined && frame.debugId === null) {
    const sentence = "The frame names no file that could have been uploaded: it is in the browser or in the runtime itself.";
    return { reason: "no-address", sentence, fix: "Nothing is to be done." };
  }
  const byName = release === null || wanted === undefined ? null : explainName(absPath, wanted, release);
  const others = release?.namesByDebugId ?? [];
  if (frame.debugId !== null) {
    const sentence = `The frame bears the debug id ${frame.debugId}, and no uploaded file has it.`;
    const fix = "Upload the files of this very build, as they were deployed: every build that injects debug ids anew has others.";
    return { reason: "debug-id-unknown", debugId: frame.debugId, sentence, fix };
  }
  const near = wanted === undefined ? [] : nearestNames(wanted, others);
  if (near.length > 0 && byName?.reason !== "dist-differs" && byName?.reason !== "path-differs") {
    const sentence = `${quoteNearest(near)} can be found by debug id only, and the frame bears none: the deployed file has no debug id in it.`;
    return { reason: "debug-id-not-injected", near, sentence, fix: injectFix };
  }
  if (byName !== null) return byName;
  const sentence = "The event names no release and its frames bear no debug id, so no uploaded file can belong to it.";
  return {
    reason: "release-missing",
    sentence,
    fix: `Set the release in the SDK to the version that files are uploaded for. Or: ${injectFix}`,
  };
}

function explainName(absPath: string, wanted: string, release: ReleaseFacts): Miss {
  const { version, dist, dists } = release;
  if (!release.isKnown) {
    const sentence = `There is no release ${showName(version)}, and no file was uploaded for it.`;
    return {
      reason: "release-unknown",
      version,
      sentence,
      fix: `Compare the version that the SDK sends with the one that files are uploaded for. ${uploadFix}`,
    };
  }
  if (dists.length === 0) {
    return { reason: "nothing-uploaded", version, sentence: `No file was uploaded for release ${showName(version)}.`, fix: uploadFix };
  }
  const elsewhere = release.distsWithFile.filter((other) => other !== dist);
  if (elsewhere.length > 0 || !dists.includes(dist)) {
    const there = elsewhere.length > 0 ? elsewhere : dists;
    const sentence = `The event has ${showDist(dist)}, and the files were uploaded for ${there.map(showDist).join(", ")}.`;
    return {
      reason: "dist-differs",
      dist,
      dists: there,
      sentence,
      fix: "Give the SDK and the upload the same dist, or give none to either.",
    };
  }
  return explainSlash(absPath, wanted, release) ?? explainPath(wanted, release);
}

/** Some clients join prefix and name as they are. */
function explainSlash(absPath: string, wanted: string, { names }: ReleaseFacts): Miss | null {
  const prefixes = withoutOneSlash(absPath);
  const name = names.find((one) => prefixes.has(one));
  if (name === undefined) return null;
  const uploadedPrefix = prefixes.get(name) ?? "";
  const wantedPrefix = `${uploadedPrefix}/`;
  return {
    reason: "path-differs",
    wanted,
    near: [{ name, sharedSegments: 0, isOtherBuild: false }],
    wantedPrefix,
    uploadedPrefix,
    sentence: `The frame is in ${showName(wanted)}; uploaded was ${showName(name)}: a slash is missing after the prefix ${showName(uploadedPrefix)}.`,
    fix: `End the prefix of the upload with a slash: ${showName(wantedPrefix)}, in --url-prefix or in the bundler plugin's urlPrefix.`,
  };
}

function explainPath(wanted: string, { version, names }: ReleaseFacts): Miss {
  const near = nearestNames(wanted, names);
  const [nearest] = near;
  if (nearest === undefined) {
    const sentence = `Nothing like ${showName(wanted)} was uploaded for release ${showName(version)}.`;
    return { reason: "file-missing", wanted, sentence, fix: uploadFix };
  }
  if (nearest.isOtherBuild) {
    const sentence = `The frame is in ${showName(wanted)}; uploaded was ${quoteNearest(near)}, which is of another build.`;
    return {
      reason: "other-build",
      wanted,
      near,
      sentence,
      fix: "Upload the files of the build that is deployed, or give each build a release of its own.",
    };
  }
  const [wantedPrefix, uploadedPrefix] = [prefixOf(wanted, nearest), prefixOf(nearest.name, nearest)];
  const sentence = `The frame is in ${showName(wanted)}; uploaded was ${quoteNearest(near)}.`;
  const fix = `Upload the files so that their names begin with ${showName(wantedPrefix)} and not with ${showName(uploadedPrefix)}: sourcemaps upload has --url-prefix for it.`;
  return { reason: "path-differs", wanted, near, wantedPrefix, uploadedPrefix, sentence, fix };
}

/** What stands before the shared segments: of `~/static/js/app.js`, sharing two, `~/static/`. */
function prefixOf(name: string, { sharedSegments }: NearName): string {
  const { origin, path } = splitUrl(name) ?? { origin: "", path: name };
  return `${origin}${path.split("/").slice(0, -sharedSegments).join("/")}/`;
}

function quoteNearest(near: readonly NearName[]): string {
  return showName(near[0]?.name ?? "");
}

function showDist(dist: Dist): string {
  return dist === null ? "no dist" : `dist ${showName(dist)}`;
}

/** Why a minified file that was found does not lead to its source; null when it does. */
function explainMap({ frame, map, resolution }: FrameFacts, script: ScriptFacts): Miss | null {
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
