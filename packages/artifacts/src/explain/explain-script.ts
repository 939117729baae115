import { showName } from "../archive/bundle-problem.ts";
import { nearestNames, type NearName } from "../urls/nearest-names.ts";
import { splitUrl } from "../urls/split-url.ts";
import { urlCandidates } from "../urls/url-candidates.ts";
import { withoutOneSlash } from "../urls/without-one-slash.ts";
import type { Dist, FrameFacts, ReleaseFacts } from "./facts.ts";
import type { Miss } from "./miss.ts";

const injectFix = "Run sourcemaps inject on the built files before they are deployed, and upload those same files.";
const uploadFix = "Upload the built files and their source maps for this release, with sourcemaps upload.";

/** Why the minified file of a frame was not found. */
export function explainScript({ frame, release }: Pick<FrameFacts, "frame" | "release">): Miss {
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
