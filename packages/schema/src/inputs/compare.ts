import * as z from "zod";
import { integer } from "../fields/integer.ts";
import { queryText } from "./query.ts";

const NEITHER = "Give a version, or an environment of a project as {environment, project}.";

/** One side of a comparison: a version, or whatever is in an environment of a project (named by slug or id). */
const side = () => z.union([queryText(), z.object({ environment: queryText(), project: queryText() })], NEITHER);

/** Two releases to compare. `limit`: how many commits, people and files of each kind are listed; 100 by default. */
export const CompareReleasesInput = z.object({ base: side(), head: side(), limit: integer({ min: 1, max: 1000 }).optional() });
export type CompareReleasesInput = z.output<typeof CompareReleasesInput>;
export type ComparedSide = CompareReleasesInput["base"];
