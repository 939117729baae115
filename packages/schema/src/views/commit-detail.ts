import * as z from "zod";
import { PersonBriefView, ReleaseBriefView } from "./brief.ts";
import { ChangeLocationView } from "./find.ts";

/** A commit with all that is known of it. */
export const CommitDetailView = z.object({
  sha: z.string(),
  message: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  author: PersonBriefView.nullable(),
  repository: z.object({ name: z.string(), url: z.string().nullable() }),
  /** The files it changed, by path, at most 1000: A added, M modified, D deleted. */
  files: z.object({ total: z.number().int(), items: z.array(z.object({ path: z.string(), type: z.string() })) }),
  /** The releases that hold it, the newest first, at most 50. */
  releases: z.object({ total: z.number().int(), items: z.array(ReleaseBriefView) }),
  environments: z.array(ChangeLocationView),
  /** For a commit in no release: how many newer ones of its repository are in none either, of the 2000 that came next; `isCapped` when
   * there were as many. */
  neighbours: z.object({ unreleased: z.number().int(), isCapped: z.boolean() }).nullable(),
});
export type CommitDetailView = z.infer<typeof CommitDetailView>;
