import { showName } from "@landfall/artifacts/archive/bundle-problem";
import {
  type ExplainedFrameView,
  ExplainFrameInput,
  type FoundFileView,
  LOOKUP_STEPS,
  type LookupStepView,
  type MissView,
} from "@landfall/schema/artifacts/source-maps";
import { REL_READ } from "@landfall/schema/scope";
import { atProject } from "../../access/at-project.ts";
import { query } from "../../kernel/operation.ts";
import { createSearchContext, type FoundMap, type FoundScript } from "./find-script.ts";
import { isReleaseKnown } from "./release-facts.ts";
import { assertCanReadSources, describeFrame, describeMatch, type Frame, type ResolvedFrame, resolveFrames } from "./resolve-frames.ts";

/** Resolves one stack frame, and returns the result of every step of the lookup. Requires the scope project:read. */
export const explainFrame = query({
  scope: REL_READ,
  at: atProject,
  input: ExplainFrameInput,
  run: async ({ db, at: { access, project }, context }, input): Promise<ExplainedFrameView> => {
    assertCanReadSources(access.scopes);
    const { url = null, line = null, column = null, debugId = null } = input;
    const frame: Frame = { url: url === "" ? null : url, line, column, debugId, choice: null };
    const search = createSearchContext({ db, context, project }, input);
    const [resolved] = await resolveFrames(search, [frame]);
    if (resolved === undefined) throw new Error("a frame was not resolved");
    const { version } = search.event;
    const described = describeFrame(resolved, null);
    const about = { version, isKnown: resolved.facts.release?.isKnown ?? (await isReleaseKnown(db, search.event)) };
    return {
      ...described,
      steps: describeSteps(resolved, described.miss, about),
      file: describeScript(resolved.script),
      map: describeMap(resolved.map),
    };
  },
});

const describeScript = (script: FoundScript | null): FoundFileView | null =>
  script?.file
    ? {
        name: script.file.name,
        foundBy: script.foundBy,
        debugId: script.file.debugId,
        bundleId: script.file.bundle?.bundleId ?? null,
      }
    : null;

const describeMap = (map: FoundMap | null): FoundFileView | null =>
  map?.file
    ? {
        name: map.file.name,
        foundBy: map.by,
        debugId: map.file.debugId,
        bundleId: map.file.bundle?.bundleId ?? null,
      }
    : null;

type Step = LookupStepView["step"];

/** The step that failed, by the reason of the miss. */
const FAILED_STEP: Readonly<Record<MissView["reason"], Step>> = {
  "release-missing": "release",
  "release-unknown": "release",
  "beyond-limit": "file",
  "no-address": "file",
  "nothing-uploaded": "file",
  ambiguous: "file",
  "debug-id-unknown": "file",
  "debug-id-not-injected": "file",
  "dist-differs": "file",
  "path-differs": "file",
  "other-build": "file",
  "file-missing": "file",
  "file-unreadable": "reference",
  "map-reference-missing": "reference",
  "map-missing": "map",
  "map-unreadable": "map",
  "map-of-other-build": "position",
  "no-position": "position",
  "position-outside": "position",
  "position-unmapped": "position",
  "no-sources-content": "source",
};

/** The version that the event names, and whether there is a release or an upload for it. */
type ReleaseInfo = { readonly version: string | null; readonly isKnown: boolean };

/** Returns the steps of a lookup in order: successful ones, the failed one, and those that were not needed or not reached. */
function describeSteps(resolved: ResolvedFrame, miss: MissView | null, release: ReleaseInfo): LookupStepView[] {
  const failed = miss === null ? LOOKUP_STEPS.length : LOOKUP_STEPS.indexOf(FAILED_STEP[miss.reason]);
  return LOOKUP_STEPS.map((step, index) => {
    if (miss !== null && index === failed) return { step, state: "failed", sentence: miss.sentence };
    if (step === "release") return describeRelease(resolved, release);
    if (index > failed) return { step, state: "skipped", sentence: "Not reached." };
    return describeStep[step](resolved);
  });
}

function describeRelease({ script }: ResolvedFrame, { version, isKnown }: ReleaseInfo): LookupStepView {
  if (isKnown) return { step: "release", state: "ok", sentence: `The release ${showName(version ?? "")} is known.` };
  const problem = version === null ? "The event names no release" : `There is no release ${showName(version)}`;
  const reason = script?.foundBy === "debug-id" ? "a file with a debug id does not need one" : "the frame is looked up without one";
  return { step: "release", state: "skipped", sentence: `${problem}; ${reason}.` };
}

const ok = (step: Step, sentence: string): LookupStepView => ({ step, state: "ok", sentence });

const describeStep: Readonly<Record<Exclude<Step, "release">, (resolved: ResolvedFrame) => LookupStepView>> = {
  file({ script, facts }) {
    if (script?.file === null)
      return { step: "file", state: "skipped", sentence: "Only the source map has the debug id, which is enough." };
    const match = describeMatch(script);
    if (match !== null) return ok("file", match.sentence);
    const name = showName(facts.script?.name ?? "");
    return ok("file", `${name} was found by ${script?.foundBy === "debug-id" ? "its debug id" : "its URL"}.`);
  },
  reference({ map, facts }) {
    if (map?.by === "debug-id") return { step: "reference", state: "skipped", sentence: "The map and the file have the same debug id." };
    const { reference, from } = facts.script?.reference ?? { reference: "", from: "comment" };
    const where = from === "header" ? "A header" : "The file's last sourceMappingURL comment";
    return ok("reference", map?.by === "inline" ? `${where} contains the map itself.` : `${where} refers to ${showName(reference)}.`);
  },
  map: ({ map }) =>
    ok("map", map?.by === "inline" ? "The source map was read." : `The source map ${showName(map?.file?.name ?? "")} was found and read.`),
  position({ facts: { resolution } }) {
    if (resolution?.isFound !== true) return { step: "position", state: "skipped", sentence: "Not reached." };
    return ok("position", `The position is line ${resolution.line}, column ${resolution.column} of ${showName(resolution.source)}.`);
  },
  source: ({ isSourceUploaded }) =>
    ok(
      "source",
      isSourceUploaded ? "The text of the source was uploaded with the map." : "The source map contains the text of the source.",
    ),
};
