import * as z from "zod";
import { integer } from "../fields/integer.ts";
import { queryText } from "./query.ts";

/** The most characters of a stack trace. */
export const MAX_STACK_LENGTH = 131_072;
/** The most debug ids that are told with one: as many as it can name files. */
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
