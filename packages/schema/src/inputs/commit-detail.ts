import * as z from "zod";
import { text } from "../fields/text.ts";
import { queryText } from "./query.ts";

/** A commit by its whole hash or at least its first seven digits; `repository` tells which when several have it. */
export const GetCommitInput = z.object({ sha: text({ max: 64 }), repository: queryText().optional() });
export type GetCommitInput = z.output<typeof GetCommitInput>;
