import * as z from "zod";
import { CommitBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { integer } from "../fields/numbers.ts";
import { text } from "../fields/text.ts";

/** A version, a hash prefix, an author, part of a path, a pull request or issue number, or words of a message. */
export const SearchChangesInput = z.object({
  query: text({ max: 200 }),
  /** The most commits to return; 25 by default. */
  limit: integer({ min: 1, max: 50 }).optional(),
  /** `next` of the previous response. */
  cursor: z.string().optional(),
});

export type SearchChangesInput = z.output<typeof SearchChangesInput>;

/** Whether a change is in an environment of a project. */
export const ChangeLocationView = z.object({
  project: ProjectBriefView,
  environment: z.string(),
  /**
   * "live": the current version contains the commit. "passed": the current version is later than one that contains it. "rolled-back": it was
   * deployed, but an older version is current. "missing": no version that contains it was ever deployed there.
   */
  state: z.enum(["live", "passed", "rolled-back", "missing"]),
  /** The current version. */
  version: z.string(),
  /**
   * The first known finished deploy there of a version with the commit, else of the current version. For "missing", the deploy of the
   * current version.
   */
  date: z.iso.datetime(),
});

export type ChangeLocationView = z.infer<typeof ChangeLocationView>;

/** A found commit and its environments. */
export const FoundChangeView = CommitBriefView.extend({
  /** What matched the query. */
  matched: z.array(z.enum(["version", "sha", "message", "author", "file"])),
  /** The releases that contain it, newest first, at most ten. */
  releases: z.array(z.object({ version: z.string(), dateCreated: z.iso.datetime(), dateReleased: z.iso.datetime().nullable() })),
  releaseCount: z.number().int(),
  environments: z.array(ChangeLocationView),
});

export type FoundChangeView = z.infer<typeof FoundChangeView>;

export const FoundChangesView = z.object({
  /** How the query was interpreted. */
  understood: z.array(z.enum(["version", "sha", "reference", "text"])),
  /** Releases of exactly this version, or with these version numbers in any package. */
  releases: z.array(ReleaseBriefView),
  /** The newest first. */
  commits: z.array(FoundChangeView),
  /** The extent of the search of messages, authors and files. Versions and hashes are always looked up in all commits. */
  searched: z.object({
    /** The most commits that were scanned, the newest stored ones from `cursor` on. */
    commits: z.number().int(),
    /** The date of the oldest of them; null if there were none. */
    backTo: z.iso.datetime().nullable(),
    isComplete: z.boolean(),
  }),
  /** Continues the search among older commits; null when all were searched. */
  next: z.string().nullable(),
});

export type FoundChangesView = z.infer<typeof FoundChangesView>;
