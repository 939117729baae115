import * as z from "zod";
import { queryFlag, statsPeriod, queryText, queryTexts } from "./query.ts";

const health = {
  health: queryFlag().optional(),
  adoptionStages: queryFlag().optional(),
  summaryStatsPeriod: statsPeriod("summaryStatsPeriod"),
  healthStatsPeriod: statsPeriod("healthStatsPeriod"),
};

/** One project, by id or slug; of several the last counts. */
const oneProject = z.union([queryTexts().transform((names) => names.at(-1)), z.number().transform(String)]);

/** Query of a release (contract 4.1). The rest of the fields count only when `project` is given. */
export const ReadReleaseInput = z.object({
  ...health,
  project: oneProject.optional(),
  sort: z.string().optional(),
  status: z.string().optional(),
  query: queryText().optional(),
  environment: queryTexts().optional(),
});
export type ReadReleaseInput = z.output<typeof ReadReleaseInput>;

/** Query of a release through one of its projects (contract 5.3). */
export const ReadProjectReleaseInput = z.object(health);

/** The sort orders of the list; those after `adoption` need `flatten` (contract 15.1). */
export const SORTS = [
  "date",
  "build",
  "semver",
  "adoption",
  "crash_free_sessions",
  "crash_free_users",
  "sessions",
  "users",
  "sessions_24h",
  "users_24h",
] as const;
export type ReleaseSort = (typeof SORTS)[number];
