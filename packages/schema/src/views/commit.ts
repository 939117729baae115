import * as z from "zod";
import { AuthorView } from "./user.ts";

/** A repository (contract 12.5). */
export const RepositoryView = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    provider: z.object({ id: z.string(), name: z.string() }),
    status: z.string(),
    dateCreated: z.iso.datetime(),
    integrationId: z.string().nullable(),
    externalSlug: z.string().nullable(),
    externalId: z.string().nullable(),
  })
  .meta({ id: "Repository" });
export type RepositoryView = z.infer<typeof RepositoryView>;

/** A release as a commit names it (contract 12.3). */
export const ReleaseOfCommitView = z.object({
  version: z.string(),
  shortVersion: z.string(),
  ref: z.string().nullable(),
  url: z.string().nullable(),
  dateReleased: z.iso.datetime().nullable(),
  dateCreated: z.iso.datetime(),
});

/** A commit (contract 12.3). `author` is `{}` when nobody is named. */
export const CommitView = z
  .object({
    id: z.string(),
    message: z.string().nullable(),
    dateCreated: z.iso.datetime(),
    pullRequest: z.null(),
    suspectCommitType: z.string(),
    repository: RepositoryView,
    author: z.union([AuthorView, z.object({})]),
    releases: z.array(ReleaseOfCommitView),
  })
  .meta({ id: "Commit" });
export type CommitView = z.infer<typeof CommitView>;

/** A file a commit of the release changed (contract 6.3). */
export const CommitFileView = z
  .object({
    id: z.string(),
    orgId: z.number().int(),
    author: z.union([AuthorView, z.object({})]),
    commitMessage: z.string().nullable(),
    filename: z.string(),
    type: z.string(),
    repoName: z.string(),
  })
  .meta({ id: "CommitFile" });
export type CommitFileView = z.infer<typeof CommitFileView>;
