import * as z from "zod";
import { DeployBriefView, PersonBriefView, ProjectBriefView } from "../brief.ts";
import { queryText } from "../fields/query.ts";
import { releaseTextViews, VersionInfoView } from "./releases.ts";

/** Query of a release summary: the slug of the project for the previous and next release. */
export const GetReleaseSummaryInput = z.object({ project: queryText().optional() });

export type GetReleaseSummaryInput = z.output<typeof GetReleaseSummaryInput>;

/** The header of the pages of a release. */
export const ReleaseSummaryView = z.object({
  version: z.string(),
  versionInfo: VersionInfoView.nullable(),
  status: z.enum(["open", "archived"]),
  ...releaseTextViews,
  dateCreated: z.iso.datetime(),
  dateReleased: z.iso.datetime().nullable(),
  owner: PersonBriefView.nullable(),
  commitCount: z.number().int(),
  /** Its head commits, with or without a commit list; the first 20 repositories by name. */
  heads: z.array(
    z.object({
      repository: z.string(),
      sha: z.string(),
      /** The head commit of the previous release, if the client sent it. */
      previousSha: z.string().nullable(),
      /** Whether the caller may see the commit's page. */
      hasPage: z.boolean(),
      /** Whether the repository has a URL or templates, without which its commits have no links. */
      hasLinks: z.boolean(),
    }),
  ),
  /** The number of contributors. */
  peopleCount: z.number().int(),
  deployCount: z.number().int(),
  /** The number of its uploaded files, in bundles of its projects within reach and individually. */
  artifactCount: z.number().int(),
  projects: z.array(ProjectBriefView),
  /** The previous and next version in one of its projects; null if the caller reaches none. */
  beside: z.object({ project: z.string(), previous: z.string().nullable(), next: z.string().nullable() }).nullable(),
  /** Its last deploy to each environment of projects within reach, the last finished first. */
  environments: z.array(
    z.object({
      deploy: DeployBriefView,
      /** Whether it is current there in some project. */
      isCurrent: z.boolean(),
    }),
  ),
  /** The beginning of the saved notes, up to 2000 characters of Markdown. */
  notes: z.string().nullable(),
  /** Their first lines as sanitized HTML; null for notes saved by an earlier version. */
  notesHtml: z.string().nullable(),
  /** The caller's permissions for it. */
  may: z.object({ change: z.boolean(), delete: z.boolean() }),
});

export type ReleaseSummaryView = z.infer<typeof ReleaseSummaryView>;
