import { showName } from "@landfall/artifacts/archive/bundle-problem";
import { LOOKUP_STEPS, type LookupStepView, type MissView } from "@landfall/schema/views/resolved-stack";
import type { ResolvedFrame } from "./resolve-frames.ts";

type Step = LookupStepView["step"];

/** Which step a miss is the failure of. */
const FAILED_STEP: Readonly<Record<MissView["reason"], Step>> = {
  "release-missing": "release",
  "release-unknown": "release",
  "beyond-limit": "file",
  "no-address": "file",
  "nothing-uploaded": "file",
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

/** What is known of the event's release besides. */
export type ReleaseInfo = { readonly version: string | null; readonly isKnown: boolean };

/** Every step of a look-up in order: those that went well, the one that failed, and those that were not needed or not reached. */
export function describeSteps(resolved: ResolvedFrame, miss: MissView | null, release: ReleaseInfo): LookupStepView[] {
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
  const lack = version === null ? "No release is named" : `There is no release ${showName(version)}`;
  const why = script?.foundBy === "debug-id" ? "a file with a debug id needs none" : "the frame is looked up without one";
  return { step: "release", state: "skipped", sentence: `${lack}; ${why}.` };
}

const ok = (step: Step, sentence: string): LookupStepView => ({ step, state: "ok", sentence });

const describeStep: Readonly<Record<Exclude<Step, "release">, (resolved: ResolvedFrame) => LookupStepView>> = {
  file({ script, facts }) {
    if (script?.file === null) return { step: "file", state: "skipped", sentence: "Only the source map has the debug id; it suffices." };
    const name = showName(facts.script?.name ?? "");
    return ok("file", `${name} was found by ${script?.foundBy === "debug-id" ? "its debug id" : "its address"}.`);
  },
  reference({ map, facts }) {
    if (map?.by === "debug-id") return { step: "reference", state: "skipped", sentence: "The map has the debug id of the file." };
    const { reference, from } = facts.script?.reference ?? { reference: "", from: "comment" };
    const where = from === "header" ? "A header" : "The file's last sourceMappingURL comment";
    return ok("reference", map?.by === "inline" ? `${where} holds the map itself.` : `${where} refers to ${showName(reference)}.`);
  },
  map: ({ map }) =>
    ok("map", map?.by === "inline" ? "The source map was read." : `The source map ${showName(map?.file?.name ?? "")} was found and read.`),
  position({ facts: { resolution } }) {
    if (resolution?.isFound !== true) return { step: "position", state: "skipped", sentence: "Not reached." };
    return ok("position", `The place is line ${resolution.line}, column ${resolution.column} of ${showName(resolution.source)}.`);
  },
  source: ({ isSourceUploaded }) =>
    ok("source", isSourceUploaded ? "The source's text was uploaded beside the map." : "The source map carries the source's text."),
};
