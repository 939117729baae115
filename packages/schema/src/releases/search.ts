import * as z from "zod";
import { CommitBriefView, ProjectBriefView, ReleaseBriefView } from "../brief.ts";
import { integer } from "../fields/numbers.ts";
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

/** Whether a change is in an environment of a project. */
export const ChangeLocationView = z.object({
  project: ProjectBriefView,
  environment: z.string(),
  /**
   * "live": the version there holds the commit. "passed": the version there is later than one that does. "gone": it was there, and
   * an older version is now. "missing": no version that holds it ever was there.
   */
  state: z.enum(["live", "passed", "gone", "missing"]),
  /** The version there now. */
  version: z.string(),
  /**
   * When it came: the first finished deploy there known of a version with the commit, else of the version there now. For "missing"
   * when the version there now was deployed.
   */
  date: z.iso.datetime(),
});

export type ChangeLocationView = z.infer<typeof ChangeLocationView>;

/** A commit that was found, and where it is. */
export const FoundChangeView = CommitBriefView.extend({
  /** By what it was found. */
  matched: z.array(z.enum(["version", "sha", "message", "author", "file"])),
  /** The releases that hold it, the newest first, at most ten. */
  releases: z.array(z.object({ version: z.string(), dateCreated: z.iso.datetime(), dateReleased: z.iso.datetime().nullable() })),
  releaseCount: z.number().int(),
  environments: z.array(ChangeLocationView),
});

export type FoundChangeView = z.infer<typeof FoundChangeView>;

export const FoundChangesView = z.object({
  /** How the question was understood. */
  understood: z.array(z.enum(["version", "sha", "reference", "text"])),
  /** Releases of exactly this version, or of these version numbers in any package. */
  releases: z.array(ReleaseBriefView),
  /** The newest first. */
  commits: z.array(FoundChangeView),
  /** How far messages, authors and files were searched. Versions and hashes are always looked up among all. */
  searched: z.object({
    /** At most so many commits were looked at, the newest stored ones from `cursor` on. */
    commits: z.number().int(),
    /** The moment of the oldest of them; null when there were none. */
    backTo: z.iso.datetime().nullable(),
    isComplete: z.boolean(),
  }),
  /** Continues the search among older commits; null when all were searched. */
  next: z.string().nullable(),
});

export type FoundChangesView = z.infer<typeof FoundChangesView>;
