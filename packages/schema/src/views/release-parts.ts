import * as z from "zod";
import { PersonBriefView } from "./brief.ts";

/** Who wrote the commits of a release. */
export const ReleaseAuthorsView = z.object({
  /** How many people; the first 500 of them are listed, who has most commits first. */
  total: z.number().int(),
  items: z.array(z.object({ person: PersonBriefView, commits: z.number().int(), lastCommit: z.iso.datetime() })),
  /** Commits that name nobody. */
  unnamed: z.number().int(),
});
export type ReleaseAuthorsView = z.infer<typeof ReleaseAuthorsView>;

/** A file that commits of a release changed. */
export const ChangedPathView = z.object({
  repository: z.string(),
  path: z.string(),
  /** What became of it: added or deleted by one of the commits and so at the newest of them, else modified. */
  type: z.enum(["A", "M", "D"]),
  /** How many of the release's commits changed it. */
  commits: z.number().int(),
});
export type ChangedPathView = z.infer<typeof ChangedPathView>;

/** The files of a release: how many, and the first 5000 by repository and path. */
export const ChangedPathsView = z.object({ total: z.number().int(), items: z.array(ChangedPathView) });
export type ChangedPathsView = z.infer<typeof ChangedPathsView>;
