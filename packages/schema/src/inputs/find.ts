import * as z from "zod";
import { integer } from "../fields/integer.ts";
import { text } from "../fields/text.ts";

/** A version, the beginning of a hash, an author, part of a path, a request or ticket number, or words of a message. */
export const SearchChangesInput = z.object({
  query: text({ max: 200 }),
  /** How many commits are answered; 25 by default. */
  limit: integer({ min: 1, max: 50 }).optional(),
  /** `next` of the answer before. */
  cursor: z.string().optional(),
});
export type SearchChangesInput = z.output<typeof SearchChangesInput>;
