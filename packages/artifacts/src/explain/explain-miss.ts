import { showName } from "../archive/bundle-problem.ts";
import { nearestNames, type NearName, splitUrl, urlCandidates, withoutOneSlash } from "../urls.ts";
import type { Dist, FrameFacts, MapFacts, Miss, ReleaseFacts, ScriptFacts, SimilarFacts } from "./facts.ts";

/**
 * Explains why the source of a frame is not shown, and how to fix it: the first step that failed, from the release to the text of the source.
 * Returns null if nothing is missing.
 */
export function explainMiss(facts: FrameFacts): Miss | null {
  if (facts.resolution?.isFound === true && facts.resolution.context !== null) return null;
  return facts.script === null ? explainScript(facts) : explainMap(facts, facts.script);
}

const injectFix = "Run sourcemaps inject on the built files before they are deployed, and upload those same files.";
const uploadFix = "Upload the built files and their source maps for this release, with sourcemaps upload.";

/** Explains why the minified file of a frame was not found. */
function explainScript({ frame, release, similar }: Pick<FrameFacts, "frame" | "release" | "similar">): Miss {
  const absPath = frame.absPath ?? "";
  const wanted = urlCandidates(absPath).at(-1);
  if (wanted === undefined && frame.debugId === null) {
    const sentence = "The frame has no file that can be uploaded: its code is part of the browser or the runtime.";
    return { reason: "no-address", sentence, fix: "No action is needed." };
  }
  const byName = release === null || wanted === undefined ? null : explainName(absPath, wanted, release);
  const others = release?.namesByDebugId ?? [];
  if (frame.debugId !== null) {
    const sentence = `The frame has the debug id ${frame.debugId}, but no uploaded file has it.`;
    const fix = "Upload the files of exactly this build, as they were deployed. Each build has its own debug ids.";
    return { reason: "debug-id-unknown", debugId: frame.debugId, sentence, fix };
  }
  if (wanted !== undefined && similar !== null && similar.names.length > 0) return explainSimilar(wanted, similar);
  const near = wanted === undefined ? [] : nearestNames(wanted, others);
  if (near.length > 0 && byName?.reason !== "dist-differs" && byName?.reason !== "path-differs") {
    const sentence = `${quoteNearest(near)} was uploaded without a release, so it can only be found by debug id, and the frame has none.`;
    return { reason: "debug-id-not-injected", near, sentence, fix: `Upload the files for their release. Or: ${injectFix}` };
  }
  if (byName !== null) return byName;
  const sentence = "The event has no release and its frames have no debug id, so no uploaded file matches.";
  return {
    reason: "release-missing",
    sentence,
    fix: `Set the release in the SDK to the version that files are uploaded for, and pass it with a pasted stack trace. Or: ${injectFix}`,
  };
}

/** Explains why none of the scripts that match a URL was used. */
function explainSimilar(wanted: string, { names, isUnversioned }: SimilarFacts): Miss {
  const near = names.map((name) => ({ name, sharedSegments: 0, isOtherBuild: false }));
  if (isUnversioned) {
    const which = names.length === 1 ? `${quoteNearest(near)} matches, but it was` : `Several uploaded files match, but they were`;
    const sentence = `${which} uploaded without a release, and may be from another build.`;
    return {
      reason: "debug-id-not-injected",
      near,
      sentence,
      fix: "Choose the file that was deployed, or upload the files for their release.",
    };
  }
  const sentence = `${showName(wanted)} matches ${names.length} uploaded files equally well.`;
  return { reason: "ambiguous", wanted, near, sentence, fix: "Choose the file that was deployed." };
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
    const sentence = `The event has ${showDist(dist)}, but the files were uploaded for ${there.map(showDist).join(", ")}.`;
    return {
      reason: "dist-differs",
      dist,
      dists: there,
      sentence,
      fix: "Use the same dist in the SDK and for the upload, or none in both.",
    };
  }
  return explainSlash(absPath, wanted, release) ?? explainPath(wanted, release);
}

/** Some clients join a prefix and a name without a slash. */
function explainSlash(absPath: string, wanted: string, { names }: ReleaseFacts): Miss | null {
  const prefixes = withoutOneSlash(absPath);
  const name = names.find((candidate) => prefixes.has(candidate));
  if (name === undefined) return null;
  const uploadedPrefix = prefixes.get(name) ?? "";
  const wantedPrefix = `${uploadedPrefix}/`;
  return {
    reason: "path-differs",
    wanted,
    near: [{ name, sharedSegments: 0, isOtherBuild: false }],
    wantedPrefix,
    uploadedPrefix,
    sentence: `The frame is in ${showName(wanted)}, but the uploaded file is ${showName(name)}: a slash is missing after the prefix ${showName(uploadedPrefix)}.`,
    fix: `End the prefix of the upload with a slash: ${showName(wantedPrefix)}, in --url-prefix or in the bundler plugin's urlPrefix.`,
  };
}

function explainPath(wanted: string, { version, names, scripts }: ReleaseFacts): Miss {
  const near = nearestNames(wanted, names);
  const [nearest] = near;
  if (nearest === undefined) {
    const sentence = `No file similar to ${showName(wanted)} was uploaded for release ${showName(version)}.${listScripts(scripts)}`;
    return { reason: "file-missing", wanted, sentence, fix: uploadFix };
  }
  if (nearest.isOtherBuild) {
    const sentence = `The frame is in ${showName(wanted)}, but the uploaded file is ${quoteNearest(near)}, which is from another build.`;
    return {
      reason: "other-build",
      wanted,
      near,
      sentence,
      fix: "Upload the files of the build that is deployed, or give each build a release of its own.",
    };
  }
  const [wantedPrefix, uploadedPrefix] = [prefixOf(wanted, nearest), prefixOf(nearest.name, nearest)];
  const sentence = `The frame is in ${showName(wanted)}, but the uploaded file is ${quoteNearest(near)}.`;
  const fix = `Upload the files so that their names begin with ${showName(wantedPrefix)} instead of ${showName(uploadedPrefix)}: use the option --url-prefix of sourcemaps upload.`;
  return { reason: "path-differs", wanted, near, wantedPrefix, uploadedPrefix, sentence, fix };
}

function listScripts({ names, hasMore }: ReleaseFacts["scripts"]): string {
  if (names.length === 0) return " No scripts were uploaded for it.";
  return ` Its scripts are ${names.map(showName).join(", ")}${hasMore ? ", and others" : ""}.`;
}

/** Returns the part before the shared segments: `~/static/` of `~/static/js/app.js` with two shared segments. */
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

/** Explains why a minified file that was found does not lead to its source; null if it does. */
function explainMap({ frame, map, resolution }: FrameFacts, script: ScriptFacts): Miss | null {
  if (script.reference === null && (map === null || map.state === "missing")) {
    const sentence = `${showName(script.name)} was found, but does not refer to a source map.`;
    const fix = "Configure the build tool to write source maps and sourceMappingURL comments, and upload the map together with the file.";
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
    return {
      reason: "no-position",
      sentence: "The frame has no line number, so its position cannot be looked up.",
      fix: "No action is needed.",
    };
  }
  if (resolution === null || !resolution.isFound)
    return explainPosition(frame.line, frame.column, script, map, resolution?.why ?? "outside");
  if (resolution.context !== null) return null;
  const sentence = `The position was found in ${showName(resolution.source)}, but its lines cannot be shown, because the source map does not contain the text of its sources.`;
  return {
    reason: "no-sources-content",
    source: resolution.source,
    sentence,
    fix: "Configure the build tool to add sourcesContent to its maps, or upload the sources too.",
  };
}

function explainMissing(script: ScriptFacts, map: (MapFacts & { state: "missing" }) | null): Miss {
  const near = map?.name === undefined || map.name === null ? [] : nearestNames(map.name, map.names);
  const wanted = map?.name ?? script.reference?.reference ?? null;
  const found = near[0] === undefined ? "" : ` The most similar uploaded file is ${showName(near[0].name)}.`;
  const sentence = `${showName(script.name)} refers to ${showName(wanted ?? "")}, which was not uploaded.${found}`;
  const fix = "Upload the map together with the file: run sourcemaps upload with the folder that contains both.";
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
    const sentence = `The source map found for ${showName(script.name)} has the debug id ${map.debugId}, but the file has ${script.debugId}: they are from different builds.`;
    const fix = "Upload the file and the map of the same build.";
    return { reason: "map-of-other-build", script: script.name, scriptDebugId: script.debugId, mapDebugId: map.debugId, sentence, fix };
  }
  const place = column === null ? `Line ${line}` : `Line ${line}, column ${column}`;
  if (why === "unmapped") {
    const sentence = `${place} of ${showName(script.name)} is code that the build tool added. It has no source.`;
    return { reason: "position-unmapped", line, column, sentence, fix: "No action is needed." };
  }
  const sentence = `${place} of ${showName(script.name)} is outside the range of its source map, so the file that was executed is probably a different one.`;
  return {
    reason: "position-outside",
    line,
    column,
    sentence,
    fix: "Upload exactly the files that are deployed, after the last build step that changes them.",
  };
}
