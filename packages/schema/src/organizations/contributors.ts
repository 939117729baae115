import * as z from "zod";
import { CommitBriefView, DeployBriefView, PersonBriefView, ReleaseBriefView } from "../brief.ts";
import { body, list } from "../fields/composites.ts";
import { bool, pageParams, queryText } from "../fields/query.ts";
import { oneOf, ruledText, text } from "../fields/text.ts";

/** The limits of a .mailmap. */
const MAILMAP_BYTES = 1_048_576;

const MAILMAP_LINES = 5000;

const address = () => text({ max: 254 });

/**
 * Query of the contributors. `query`: words that each occur in a name or an email address of the contributor. `bots`: "only" bots, or
 * contributors "without" them.
 */
export const ListContributorsInput = z.object({
  query: queryText().optional(),
  bots: oneOf(["only", "without"], { invalid: (value) => `"${value}" is not a valid choice.` }).optional(),
  ...pageParams,
});

export type ListContributorsInput = z.output<typeof ListContributorsInput>;

/** A contributor by any of their email addresses. */
export const GetContributorInput = z.object({ email: address() });

/** Email addresses to merge into the contributor with the address `into`. */
export const MergeContributorsInput = body({ into: address(), emails: list(address(), { empty: false, max: 200 }) });

export type MergeContributorsInput = z.output<typeof MergeContributorsInput>;

/** An email address to separate from its contributor. */
export const SeparateContributorInput = body({ email: address() });

/** A .mailmap as git reads it. With `dryRun` nothing is changed. */
export const ImportMailmapInput = body({
  text: ruledText({ trim: false, rule: tooLong }).describe("The content of the .mailmap, at most 1 MiB and 5,000 lines."),
  dryRun: bool().optional().describe("Whether to return the changes without saving them."),
});

export type ImportMailmapInput = z.output<typeof ImportMailmapInput>;

function tooLong(mailmap: string): string | null {
  const bytes = new TextEncoder().encode(mailmap).length;
  if (bytes > MAILMAP_BYTES) return `A .mailmap may have 1 MiB (${MAILMAP_BYTES} bytes); this one has ${bytes}.`;
  const ends = mailmap.match(/\r\n|\n|\r/g)?.length ?? 0;
  const lines = ends + (/[\r\n]$/.test(mailmap) ? 0 : 1);
  return lines > MAILMAP_LINES ? `A .mailmap may have ${MAILMAP_LINES} lines; this one has ${lines}.` : null;
}

/** A contributor with all their email addresses. */
export const ContributorView = PersonBriefView.extend({
  /** The main address first. */
  emails: z.array(z.string()),
});

export type ContributorView = z.infer<typeof ContributorView>;

/** A contributor in a list. */
export const ListedContributorView = ContributorView.extend({
  /** The number of commits, counting at most 10,000 per address. Null if the caller does not reach every project. */
  commitCount: z.number().int().nullable(),
  /** Whether there are more commits than were counted. */
  hasMoreCommits: z.boolean(),
  /** The date of the last commit. Null without commits, and if the caller does not reach every project. */
  lastCommit: z.iso.datetime().nullable(),
});

export type ListedContributorView = z.infer<typeof ListedContributorView>;

const ContributorReleaseView = z.object({
  version: z.string(),
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
});

/** One contributor, with their commits, releases and deploys within the caller's reach. */
export const ContributorDetailsView = ContributorView.extend({
  /** Null if they are not a member, and for callers who may not see members. */
  member: z.object({ id: z.string(), name: z.string(), role: z.string(), teams: z.array(z.string()) }).nullable(),
  /** The last 20, each with the newest ten releases that contain it. */
  commits: z.array(CommitBriefView.extend({ releases: z.array(ContributorReleaseView), releaseCount: z.number().int() })),
  /** The newest 20 that contain one of their last 2,000 commits. */
  releases: z.array(ReleaseBriefView),
  /** The last 20 among the last 20,000 of the organization. */
  deploys: z.array(DeployBriefView.extend({ version: z.string() })),
  /** The last 26 whole weeks, the oldest first, including the current one. */
  weeks: z.array(
    z.object({
      /** Monday, midnight UTC. */
      start: z.iso.datetime(),
      /** Commits among their last 2,000; null if there may be more. */
      commits: z.number().int().nullable(),
      /** Deploys among their last 2,000; null if there may be more. */
      deploys: z.number().int().nullable(),
    }),
  ),
});

export type ContributorDetailsView = z.infer<typeof ContributorDetailsView>;

/** What a .mailmap changed, or would change. */
export const MailmapView = z.object({
  /** The number of addresses that were merged into a contributor. */
  merged: z.number().int(),
  /** The number of corrected names. */
  renamed: z.number().int(),
  /**
   * The first 500 changed addresses: the main address after the change (null if the address is its own), and the corrected name, if
   * any. If both are null, other addresses were merged into the address, or it was separated.
   */
  changes: z.array(z.object({ email: z.string(), into: z.string().nullable(), name: z.string().nullable() })),
  /** Addresses of the file that no commit and no member has; they are ignored. */
  unknown: z.array(z.string()),
  /** Ignored lines, by 1-based number, with the reason. */
  problems: z.array(z.object({ line: z.number().int(), message: z.string() })),
});

export type MailmapView = z.infer<typeof MailmapView>;
