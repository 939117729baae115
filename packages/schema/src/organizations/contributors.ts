import * as z from "zod";
import { CommitBriefView, DeployBriefView, PersonBriefView, ReleaseBriefView } from "../brief.ts";
import { body, list } from "../fields/composites.ts";
import { bool, pageParams, queryText } from "../fields/query.ts";
import { oneOf, ruledText, text } from "../fields/text.ts";

/** What a .mailmap may have. */
const MAILMAP_BYTES = 1_048_576;

const MAILMAP_LINES = 5000;

const address = () => text({ max: 254 });

/**
 * Query of the people who wrote commits. `query`: words, each part of a name or an address of theirs. `bots`: "only" programs, or
 * everybody "without" them.
 */
export const ListContributorsInput = z.object({
  query: queryText().optional(),
  bots: oneOf(["only", "without"], { invalid: (value) => `"${value}" is not a valid choice.` }).optional(),
  ...pageParams,
});

export type ListContributorsInput = z.output<typeof ListContributorsInput>;

/** A person by any of their addresses. */
export const GetContributorInput = z.object({ email: address() });

/** Addresses that are other ones of whose address `into` is. */
export const MergeContributorsInput = body({ into: address(), emails: list(address(), { empty: false, max: 200 }) });

export type MergeContributorsInput = z.output<typeof MergeContributorsInput>;

/** An address that is to stand by itself. */
export const SeparateContributorInput = body({ email: address() });

/** A .mailmap as git reads it. With `dryRun` nothing is changed. */
export const ImportMailmapInput = body({
  text: ruledText({ trim: false, rule: tooLong }).describe("The content of the .mailmap: at most 1 MiB and 5,000 lines."),
  dryRun: bool().optional().describe("Whether only to answer what would be changed."),
});

export type ImportMailmapInput = z.output<typeof ImportMailmapInput>;

function tooLong(mailmap: string): string | null {
  const bytes = new TextEncoder().encode(mailmap).length;
  if (bytes > MAILMAP_BYTES) return `A .mailmap may have 1 MiB (${MAILMAP_BYTES} bytes); this one has ${bytes}.`;
  const ends = mailmap.match(/\r\n|\n|\r/g)?.length ?? 0;
  const lines = ends + (/[\r\n]$/.test(mailmap) ? 0 : 1);
  return lines > MAILMAP_LINES ? `A .mailmap may have ${MAILMAP_LINES} lines; this one has ${lines}.` : null;
}

/** A person with all their addresses. */
export const ContributorView = PersonBriefView.extend({
  /** The one they are named by first. */
  emails: z.array(z.string()),
});

export type ContributorView = z.infer<typeof ContributorView>;

/** A person among others. */
export const ListedContributorView = ContributorView.extend({
  /** How many commits they wrote; of each address at most 10,000 are counted. Null where the caller does not reach every project. */
  commitCount: z.number().int().nullable(),
  /** Whether there are more than were counted. */
  hasMoreCommits: z.boolean(),
  /** When their last commit was made. Null without one, and where the caller does not reach every project. */
  lastCommit: z.iso.datetime().nullable(),
});

export type ListedContributorView = z.infer<typeof ListedContributorView>;

const ContributorReleaseView = z.object({
  version: z.string(),
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
});

/** What is known of one person, as far as the caller reaches. */
export const ContributorDetailsView = ContributorView.extend({
  /** Null for who is no member, and for callers who may not see members. */
  member: z.object({ id: z.string(), name: z.string(), role: z.string(), teams: z.array(z.string()) }).nullable(),
  /** The last 20, each with the newest ten releases that hold it. */
  commits: z.array(CommitBriefView.extend({ releases: z.array(ContributorReleaseView), releaseCount: z.number().int() })),
  /** The newest 20 of those that hold one of their last 2,000 commits. */
  releases: z.array(ReleaseBriefView),
  /** The last 20 among the last 20,000 of the organization. */
  deploys: z.array(DeployBriefView.extend({ version: z.string() })),
});

export type ContributorDetailsView = z.infer<typeof ContributorDetailsView>;

/** What a .mailmap changed, or would change. */
export const MailmapView = z.object({
  /** How many addresses became other ones of somebody. */
  merged: z.number().int(),
  /** How many names were corrected. */
  renamed: z.number().int(),
  /**
   * The first 500 addresses that changed: whose the address is then (null for its own), and the name where that is corrected. Where
   * both are null, the address is taken up for others, or is its own again.
   */
  changes: z.array(z.object({ email: z.string(), into: z.string().nullable(), name: z.string().nullable() })),
  /** Addresses of the file that no commit and no member has; nothing is done about them. */
  unknown: z.array(z.string()),
  /** Lines that were left out, and why; counted from 1. */
  problems: z.array(z.object({ line: z.number().int(), message: z.string() })),
});

export type MailmapView = z.infer<typeof MailmapView>;
