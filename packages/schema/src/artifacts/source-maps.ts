import * as z from "zod";
import { integer } from "../fields/numbers.ts";
import { queryText } from "../fields/query.ts";

/** The most characters of a stack trace. */
const MAX_STACK_LENGTH = 131_072;

/** The maximum number of debug ids sent with a stack trace: the number of files that it can name. */
const MOST_DEBUG_IDS = 1000;

/** Anything that can be pasted. What no database can store, and so nothing can be called, is shown as U+FFFD. */
const stackText = () =>
  z
    .string("Not a valid string.")
    .max(MAX_STACK_LENGTH, `Ensure this field has no more than ${MAX_STACK_LENGTH} characters.`)
    .transform((text) => text.replaceAll("\0", "\ufffd").toWellFormed());

/** A stack trace as it was pasted, from any browser or from Node, and what is known of the event it came with. */
export const ResolveStackInput = z.object({
  /** The version as the SDK sends it. Files with debug ids are found without it. */
  release: queryText().optional(),
  /** Left out or empty: files that were uploaded for no dist. */
  dist: queryText().optional(),
  stack: stackText(),
  /** The debug ids of scripts by their addresses in the trace, as an event's `debug_meta` tells them. */
  debugIds: z
    .record(z.string(), queryText())
    .refine((ids) => Object.keys(ids).length <= MOST_DEBUG_IDS, `Ensure this field has no more than ${MOST_DEBUG_IDS} elements.`)
    .optional(),
});

export type ResolveStackInput = z.output<typeof ResolveStackInput>;

/** One frame, by what is known of it. Lines and columns are counted from 1, as in stack traces. */
export const ExplainFrameInput = z.object({
  release: queryText().optional(),
  dist: queryText().optional(),
  /** The script's address or path as a stack trace names it. */
  url: queryText().optional(),
  line: integer({ min: 1 }).optional(),
  column: integer({ min: 1 }).optional(),
  debugId: queryText().optional(),
});

export type ExplainFrameInput = z.output<typeof ExplainFrameInput>;

/** Lines around a place in a source, to be shown. Those longer than 300 characters are cut and end with "…". */
export const SourceContextView = z.object({
  /** The number of the first line of `before`, or of `line` when there is none; 1-based. */
  firstLine: z.int(),
  before: z.array(z.string()),
  line: z.string(),
  /** How many characters of the line were left out before what `line` shows. */
  lineStart: z.int(),
  after: z.array(z.string()),
});

export type SourceContextView = z.infer<typeof SourceContextView>;

/** A place in a source. */
export const OriginalPlaceView = z.object({
  /** As the source map calls it: `webpack://shop/./src/cart.ts`. */
  source: z.string(),
  /** 1-based. */
  line: z.int(),
  /** 1-based. */
  column: z.int(),
  /** What the identifier at this place was called before it was minified; null when it was not renamed, or is none. */
  name: z.string().nullable(),
  /** Null when neither the map nor an uploaded file has the source's text; then `miss` tells so. */
  context: SourceContextView.nullable(),
});

export type OriginalPlaceView = z.infer<typeof OriginalPlaceView>;

/** Why a frame is not shown in its source, or not with its lines: one word for each way it can fail. */
const MISS_REASONS = [
  "no-address",
  "no-position",
  "release-missing",
  "release-unknown",
  "nothing-uploaded",
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
  /** What is so, for a person. */
  sentence: z.string(),
  /** What would mend it. */
  fix: z.string(),
  /** Names that were uploaded and are most like the one looked for, the nearest first; left out where there are none. */
  near: z.array(z.string()).optional(),
});

export type MissView = z.infer<typeof MissView>;

/**
 * A call in a stack trace. `original` and `miss` are both set when the place is known and only the text of the source is missing; one of
 * them always is.
 */
export const ResolvedFrameView = z.object({
  /** As the trace names it: minified, and null for code outside of functions. */
  functionName: z.string().nullable(),
  /** What the function this call is in is called in the source; null where its caller is not resolved, or no name was changed. */
  originalFunction: z.string().nullable(),
  /** Null for code of the browser or of the runtime itself. */
  url: z.string().nullable(),
  line: z.int().nullable(),
  column: z.int().nullable(),
  original: OriginalPlaceView.nullable(),
  miss: MissView.nullable(),
});

export type ResolvedFrameView = z.infer<typeof ResolvedFrameView>;

/** A line as it was pasted. `frame` is null for the message and everything else that tells no call. */
const ResolvedLineView = z.object({ text: z.string(), frame: ResolvedFrameView.nullable() });

type ResolvedLineView = z.infer<typeof ResolvedLineView>;

/** A stack trace, line by line: joined with line feeds, the texts are what was pasted. */
export const ResolvedStackView = z.object({
  lines: z.array(ResolvedLineView),
  /** How many lines tell a call. */
  frames: z.int(),
  /** Of how many the place in the source was found. */
  resolved: z.int(),
});

export type ResolvedStackView = z.infer<typeof ResolvedStackView>;

/** What is done to resolve a frame, in this order. */
export const LOOKUP_STEPS = ["release", "file", "reference", "map", "position", "source"] as const;

export const LookupStepView = z.object({
  /**
   * "release": is there such a release. "file": was the script found, by debug id or by address. "reference": does it say where its map is.
   * "map": was the map found and read. "position": does the map know the place. "source": is there the text of the source.
   */
  step: z.enum(LOOKUP_STEPS),
  /** "skipped": not needed (a debug id needs no release), or not reached because an earlier step failed. */
  state: z.enum(["ok", "failed", "skipped"]),
  sentence: z.string(),
});

export type LookupStepView = z.infer<typeof LookupStepView>;

/** A file that the look-up came upon. */
export const FoundFileView = z.object({
  name: z.string(),
  foundBy: z.enum(["debug-id", "name", "inline"]),
  debugId: z.string().nullable(),
  /** The artifact bundle it is in; null for a file of a release. */
  bundleId: z.string().nullable(),
});

export type FoundFileView = z.infer<typeof FoundFileView>;

/** How far the look-up of one frame got: every step, always all of them, and what was found on the way. */
export const ExplainedFrameView = ResolvedFrameView.extend({
  steps: z.array(LookupStepView),
  /** The minified script; null when it was not found. */
  file: FoundFileView.nullable(),
  /** Its source map, read or not; `inline` for one inside the script. */
  map: FoundFileView.nullable(),
});

export type ExplainedFrameView = z.infer<typeof ExplainedFrameView>;
