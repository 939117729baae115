import * as z from "zod";
import { queryText } from "./query.ts";

/** Query of the head of a release: the slug of the project whose releases are before and after it. */
export const GetReleaseSummaryInput = z.object({ project: queryText().optional() });
export type GetReleaseSummaryInput = z.output<typeof GetReleaseSummaryInput>;
