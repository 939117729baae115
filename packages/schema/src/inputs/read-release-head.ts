import * as z from "zod";
import { term } from "./query.ts";

/** Query of the head of a release: the slug of the project whose releases are before and after it. */
export const ReadReleaseHeadInput = z.object({ project: term().optional() });
export type ReadReleaseHeadInput = z.output<typeof ReadReleaseHeadInput>;
