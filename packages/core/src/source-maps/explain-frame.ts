import { ExplainFrameInput } from "@landfall/schema/inputs/resolve-stack";
import { REL_READ } from "@landfall/schema/scope";
import type { ExplainedFrameView, FoundFileView } from "@landfall/schema/views/resolved-stack";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { assertCanReadSources } from "./admit-reading.ts";
import { describeFrame } from "./describe-frame.ts";
import { describeSteps } from "./describe-steps.ts";
import type { FoundMap } from "./find-map.ts";
import { type FoundScript, createSearchContext } from "./find-script.ts";
import { isReleaseKnown } from "./release-facts.ts";
import { type Frame, resolveFrames } from "./resolve-frames.ts";

/** One call in its source, and every step that led there or did not. Needs the scope project:read. */
export const explainFrame = query({
  scope: REL_READ,
  at: atProject,
  input: ExplainFrameInput,
  run: async ({ db, at: { access, project }, context }, input): Promise<ExplainedFrameView> => {
    assertCanReadSources(access.scopes);
    const { url = null, line = null, column = null, debugId = null } = input;
    const frame: Frame = { url: url === "" ? null : url, line, column, debugId };
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
