import * as z from "zod";
import { integer } from "../fields/numbers.ts";
import { queryText } from "../fields/query.ts";

/** The maximum length of a stack trace, in characters. */
const MAX_STACK_LENGTH = 131_072;

/** The maximum number of debug ids sent with a stack trace: the number of files that it can name. */
const MAX_DEBUG_IDS = 1000;

/** The maximum number of files chosen for a stack trace: the number of scripts that are looked up. */
const MAX_FILES = 50;

/** Any text. Characters that no database can store are replaced with U+FFFD. */
const stackText = () =>
  z
    .string("Not a valid string.")
    .max(MAX_STACK_LENGTH, `Ensure this field has no more than ${MAX_STACK_LENGTH} characters.`)
    .transform((text) => text.replaceAll("\0", "\ufffd").toWellFormed());

/** A pasted stack trace of any browser or of Node, and the known properties of its event. */
export const ResolveStackInput = z.object({
  /** The version as the SDK sends it. Files with debug ids are found without it. */
  release: queryText().optional(),
  /** Absent or empty: files that were uploaded without a dist. */
  dist: queryText().optional(),
  stack: stackText(),
  /** The debug ids of scripts by their URLs in the trace, as in an event's `debug_meta`. */
  debugIds: z
    .record(z.string(), queryText())
    .refine((ids) => Object.keys(ids).length <= MAX_DEBUG_IDS, `Ensure this field has no more than ${MAX_DEBUG_IDS} elements.`)
    .optional(),
  /**
   * The uploaded files to use for scripts, by the URL of the script in the trace or by the end of its path (`main.js`): a debug id or the
   * name of an uploaded file, such as the `id` of one of the `choices`.
   */
  files: z
    .record(z.string(), queryText())
    .refine((files) => Object.keys(files).length <= MAX_FILES, `Ensure this field has no more than ${MAX_FILES} elements.`)
    .optional(),
});

export type ResolveStackInput = z.output<typeof ResolveStackInput>;

/** One frame. Lines and columns are 1-based, as in stack traces. */
export const ExplainFrameInput = z.object({
  release: queryText().optional(),
  dist: queryText().optional(),
  /** The script's URL or path in the stack trace. */
  url: queryText().optional(),
  line: integer({ min: 1 }).optional(),
  column: integer({ min: 1 }).optional(),
  debugId: queryText().optional(),
});

export type ExplainFrameInput = z.output<typeof ExplainFrameInput>;

/** Lines around a position in a source. Lines longer than 300 characters are cut and end with "…". */
export const SourceContextView = z.object({
  /** The 1-based number of the first line of `before`, or of `line` if `before` is empty. */
  firstLine: z.int(),
  before: z.array(z.string()),
  line: z.string(),
  /** The number of omitted characters at the start of `line`. */
  lineStart: z.int(),
  after: z.array(z.string()),
});

export type SourceContextView = z.infer<typeof SourceContextView>;

/** A position in a source. */
export const OriginalPlaceView = z.object({
  /** As in the source map: `webpack://shop/./src/cart.ts`. */
  source: z.string(),
  /** 1-based. */
  line: z.int(),
  /** 1-based. */
  column: z.int(),
  /** The original name of the identifier at this position; null if it was not renamed or there is none. */
  name: z.string().nullable(),
  /** Null if neither the map nor an uploaded file has the source's text; `miss` then has the reason. */
  context: SourceContextView.nullable(),
});

export type OriginalPlaceView = z.infer<typeof OriginalPlaceView>;

/** The reasons why the source of a frame, or its lines, cannot be shown. */
const MISS_REASONS = [
  "no-address",
  "no-position",
  "release-missing",
  "release-unknown",
  "nothing-uploaded",
  "ambiguous",
  "debug-id-unknown",
  "debug-id-not-injected",
  "dist-differs",
  "path-differs",
  "other-build",
  "file-missing",
  "file-unreadable",
  "map-reference-missing",
  "map-missing",
  "map-unreadable",
  "map-of-other-build",
  "position-outside",
  "position-unmapped",
  "no-sources-content",
  "beyond-limit",
] as const;

export const MissView = z.object({
  reason: z.enum(MISS_REASONS),
  /** The cause, as a sentence. */
  sentence: z.string(),
  /** The fix, as a sentence. */
  fix: z.string(),
  /** The uploaded names that are most similar to the one looked up, the most similar first; absent if there are none. */
  near: z.array(z.string()).optional(),
});

export type MissView = z.infer<typeof MissView>;

/** How a script was found that has neither the debug id nor the URL of a frame. */
export const MatchView = z.object({
  /** "path": the end of its URL or path. "reference": its sourceMappingURL. "map": the `file` of its map. "choice": `files` of the input. */
  by: z.enum(["path", "reference", "map", "choice"]),
  /** The name under which it was uploaded. */
  file: z.string(),
  sentence: z.string(),
});

export type MatchView = z.infer<typeof MatchView>;

/**
 * A frame of a stack trace. `original` and `miss` are both set if the position is known and only the text of the source is missing; at
 * least one of them is always set.
 */
export const ResolvedFrameView = z.object({
  /** The minified name in the trace; null for code outside of functions. */
  functionName: z.string().nullable(),
  /** The original name of the function that contains the call; null if its caller is not resolved, or no name was changed. */
  originalFunction: z.string().nullable(),
  /** Null for code of the browser or of the runtime. */
  url: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  original: OriginalPlaceView.nullable(),
  miss: MissView.nullable(),
  /** Null if the script was found by debug id or URL, or not at all. */
  match: MatchView.nullable(),
});

export type ResolvedFrameView = z.infer<typeof ResolvedFrameView>;

/** A pasted line. `frame` is null for the message and every other line without a frame. */
const ResolvedLineView = z.object({ text: z.string(), frame: ResolvedFrameView.nullable() });

type ResolvedLineView = z.infer<typeof ResolvedLineView>;

/** The uploaded files that match a script of a stack trace equally well. */
export const ScriptChoiceView = z.object({
  /** The script's URL in the trace. */
  url: z.string(),
  /** The `id` of the file that was used; null if none was. */
  chosen: z.string().nullable(),
  /** At most 20, the latest uploads first. */
  files: z.array(
    z.object({
      /** Its debug id, or its name if it has none. */
      id: z.string(),
      name: z.string(),
      /** The name it had in the build, if it was uploaded under another one. */
      builtName: z.string().nullable(),
      dateUploaded: z.string(),
    }),
  ),
});

export type ScriptChoiceView = z.infer<typeof ScriptChoiceView>;

/** A stack trace, line by line: the texts, joined with line feeds, are the pasted text. */
export const ResolvedStackView = z.object({
  lines: z.array(ResolvedLineView),
  /** The number of lines with a frame. */
  frames: z.int(),
  /** The number of frames with a known position in the source. */
  resolved: z.int(),
  /** The scripts whose file has to be chosen, or was chosen. */
  choices: z.array(ScriptChoiceView),
});

export type ResolvedStackView = z.infer<typeof ResolvedStackView>;

/** The steps of resolving a frame, in order. */
export const LOOKUP_STEPS = ["release", "file", "reference", "map", "position", "source"] as const;

export const LookupStepView = z.object({
  /**
   * "release": does the release exist? "file": was the script found, by debug id or by URL? "reference": does it refer to a source map?
   * "map": was the map found and read? "position": does the map contain the position? "source": is the text of the source available?
   */
  step: z.enum(LOOKUP_STEPS),
  /** "skipped": not needed (a debug id needs no release), or not reached because an earlier step failed. */
  state: z.enum(["ok", "failed", "skipped"]),
  sentence: z.string(),
});

export type LookupStepView = z.infer<typeof LookupStepView>;

/** A file that the lookup found. */
export const FoundFileView = z.object({
  name: z.string(),
  foundBy: z.enum(["debug-id", "name", "match", "inline"]),
  debugId: z.string().nullable(),
  /** The artifact bundle it is in; null for a file of a release. */
  bundleId: z.string().nullable(),
});

export type FoundFileView = z.infer<typeof FoundFileView>;

/** The result of every lookup step of a frame, and the files that were found. */
export const ExplainedFrameView = ResolvedFrameView.extend({
  steps: z.array(LookupStepView),
  /** The minified script; null if it was not found. */
  file: FoundFileView.nullable(),
  /** Its source map, readable or not; `inline` for a map inside the script. */
  map: FoundFileView.nullable(),
});

export type ExplainedFrameView = z.infer<typeof ExplainedFrameView>;
