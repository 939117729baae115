import * as z from "zod";
import { DeployBriefView, PersonBriefView, ProjectBriefView } from "../brief.ts";
import { queryText } from "../fields/query.ts";
import { VersionInfoView } from "./releases.ts";

/** Query of the head of a release: the slug of the project whose releases are before and after it. */
export const GetReleaseSummaryInput = z.object({ project: queryText().optional() });

export type GetReleaseSummaryInput = z.output<typeof GetReleaseSummaryInput>;

/** What stands above the pages of a release. */
export const ReleaseSummaryView = z.object({
  version: z.string(),
  versionInfo: VersionInfoView.nullable(),
  status: z.enum(["open", "archived"]),
  ref: z.string().nullable(),
  url: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
  owner: PersonBriefView.nullable(),
  commitCount: z.number().int(),
  /** Its newest commit in each repository, whether or not clients told those before it; the first 20 repositories by name. */
  heads: z.array(
    z.object({
      repository: z.string(),
      sha: z.string(),
      /** Where the release before ended, if the client named it. */
      previousSha: z.string().nullable(),
      /** Whether the caller may see the commit's own page. */
      hasPage: z.boolean(),
    }),
  ),
  /** How many people wrote its commits; all addresses of one count once. */
  peopleCount: z.number().int(),
  deployCount: z.number().int(),
  /** How many files were uploaded for it, in bundles of its projects within reach and one by one. */
  artifactCount: z.number().int(),
  projects: z.array(ProjectBriefView),
  /** The versions before and after it in one of its projects; null where the caller reaches none. */
  beside: z.object({ project: z.string(), previous: z.string().nullable(), next: z.string().nullable() }).nullable(),
  /** Its last deploy to each environment of projects within reach, the last finished first. */
  environments: z.array(
    z.object({
      deploy: DeployBriefView,
      /** Whether it is what was deployed last there, in some project. */
      isCurrent: z.boolean(),
    }),
  ),
  /** The beginning of the notes that somebody saved, up to 2000 characters of Markdown. */
  notes: z.string().nullable(),
  /** Their first lines as HTML that is safe to put into a page; null for notes that an earlier version saved. */
  notesHtml: z.string().nullable(),
  /** What the caller may do with it. */
  may: z.object({ change: z.boolean(), delete: z.boolean() }),
});

export type ReleaseSummaryView = z.infer<typeof ReleaseSummaryView>;
