import { type FrameLine, functionNames, parseStack } from "@landfall/artifacts/stacks";
import { urlCandidates } from "@landfall/artifacts/urls";
import {
  type MissView,
  type ResolvedFrameView,
  type ResolvedStackView,
  ResolveStackInput,
  type ScriptChoiceView,
} from "@landfall/schema/artifacts/source-maps";
import { instant } from "@landfall/schema/instant";
import { REL_READ } from "@landfall/schema/scope";
import { atProject } from "../../access/at-project.ts";
import { query } from "../../kernel/operation.ts";
import { createSearchContext } from "./find-script.ts";
import { assertCanReadSources, describeFrame, type Frame, type ResolvedFrame, resolveFrames, scriptKey } from "./resolve-frames.ts";

/** The most frames of a stack trace that are resolved. JavaScript engines report 10 to 200 frames. */
const MAX_FRAMES = 1000;

/** The most scripts of a stack trace that are looked up. */
const MAX_SCRIPTS = 50;

/**
 * Resolves the frames of a stack trace, or explains why they cannot be resolved. Requires the scope project:read. Runs at most 16 statements for
 * each script.
 */
export const resolveStack = query({
  scope: REL_READ,
  at: atProject,
  input: ResolveStackInput,
  run: async ({ db, at: { access, project }, context }, { stack, debugIds = {}, files = {}, ...event }): Promise<ResolvedStackView> => {
    assertCanReadSources(access.scopes);
    const lines = parseStack(stack);
    const debugIdOf = debugIdsByName(debugIds);
    const choiceOf = choicesByName(files);
    const calls = lines.filter((line) => line.kind === "frame");
    const frames = new Map(
      calls.map((line) => [line, { ...positionOf(line), debugId: debugIdOf(line.url), choice: choiceOf(line.url) }] as const),
    );
    const wanted = withinLimits([...frames.values()]);
    const resolved = new Map(
      (await resolveFrames(createSearchContext({ db, context, project }, event), wanted)).map((result) => [result.frame, result]),
    );
    const views = lines.map((line) => {
      if (line.kind === "text") return { text: line.text, frame: null };
      const result = resolved.get(frames.get(line) ?? NO_FRAME);
      return { text: line.text, frame: result === undefined ? describeBeyondLimits(line) : describeFrame(result, line.functionName) };
    });
    const names = functionNames(views);
    return {
      lines: views.map(({ text, frame }, index) => ({ text, frame: frame && { ...frame, originalFunction: names[index] ?? null } })),
      frames: calls.length,
      resolved: views.filter(({ frame }) => frame?.original).length,
      choices: describeChoices([...resolved.values()]),
    };
  },
});

const NO_FRAME: Frame = { url: null, line: null, column: null, debugId: null, choice: null };

const positionOf = ({ url, line, column }: FrameLine) => ({ url, line, column });

/** Looks up debug ids by the URL of a script. An event names scripts like its frames do, or without their query. */
function debugIdsByName(debugIds: Readonly<Record<string, string>>): (url: string | null) => string | null {
  const known = new Map(Object.entries(debugIds));
  return (url) =>
    url === null ? null : ([url, ...urlCandidates(url)].map((name) => known.get(name)).find((id) => id !== undefined) ?? null);
}

/** Looks up chosen files by the URL of a script. A script is named by its URL, or by one or more segments at the end of its path. */
function choicesByName(files: Readonly<Record<string, string>>): (url: string | null) => string | null {
  const known = Object.entries(files);
  return (url) => {
    if (url === null || known.length === 0) return null;
    const names = [url, ...urlCandidates(url)];
    return known.find(([name]) => names.some((one) => one === name || one.endsWith(`/${name}`)))?.[1] ?? null;
  };
}

/** The most files that are offered for a script. */
const MAX_CHOICES = 20;

/** Returns the scripts whose file has to be chosen or was chosen, each once, with the files that match. */
function describeChoices(resolved: readonly ResolvedFrame[]): ScriptChoiceView[] {
  const byUrl = new Map(resolved.map((result) => [result.frame.url, result]));
  return [...byUrl.values()].flatMap(({ frame: { url }, script, similar }) => {
    const isOpen = script === null || script.match?.by === "choice";
    if (url === null || !isOpen || similar === null || similar.matches.length === 0) return [];
    const files = similar.matches.slice(0, MAX_CHOICES).map(({ script: { file, builtName, dateUploaded } }) => ({
      id: file.debugId ?? file.name,
      name: file.name,
      builtName,
      dateUploaded: instant(dateUploaded),
    }));
    return { url, chosen: script?.file?.debugId ?? script?.file?.name ?? null, files };
  });
}

function withinLimits(frames: readonly Frame[]): Frame[] {
  const scripts = new Set<string>();
  return frames.slice(0, MAX_FRAMES).filter((frame) => {
    const key = scriptKey(frame);
    if (scripts.size >= MAX_SCRIPTS && !scripts.has(key)) return false;
    scripts.add(key);
    return true;
  });
}

const BEYOND_LIMITS: MissView = {
  reason: "beyond-limit",
  sentence: `Only the first ${MAX_FRAMES} calls and the first ${MAX_SCRIPTS} scripts of a stack trace are resolved, and this call comes after them.`,
  fix: "Paste only the part of the stack trace that you need.",
};

const describeBeyondLimits = (line: FrameLine): ResolvedFrameView => ({
  functionName: line.functionName,
  originalFunction: null,
  ...positionOf(line),
  original: null,
  miss: BEYOND_LIMITS,
  match: null,
});
