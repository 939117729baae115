import * as z from "zod";
import { PersonBriefView, ReleaseBriefView } from "../brief.ts";
import { MAX_CHANGED_FILES, MAX_COMMITS } from "../constants.ts";
import { body, list, object } from "../fields/composites.ts";
import { dateTime } from "../fields/dates.ts";
import { commitReference } from "../fields/names.ts";
import { pageParams, queryText } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";
import { AuthorView } from "../organizations/accounts.ts";
import { LinkSourceView, MAX_REPOSITORY_NAME, MAX_REPOSITORY_URL } from "./repositories.ts";
import { ChangeLocationView } from "./search.ts";

/** The maximum number of repositories with head commits in one request. */
const MAX_HEAD_COMMITS = 1000;

/** A file a commit changed: A added, M modified, D deleted (contract 3.1). */
const PatchInput = object({
  path: text({ max: 510 }),
  type: oneOf(["A", "M", "D"], { max: 1, invalid: (type) => `Commit patch_set type ${type} is not supported.` }),
});

/** A commit as clients send it (contract 3.1). Only `id`, the sha, is required. */
export const CommitInput = object({
  id: text({ max: 64 }),
  repository: text({ max: 64, blank: true }).nullish(),
  message: text({ blank: true }).nullish(),
  author_name: text({ max: 128, blank: true }).nullish(),
  author_email: text({ max: 200, blank: true }).nullish(),
  timestamp: dateTime().nullish(),
  patch_set: list(PatchInput, { max: MAX_CHANGED_FILES }).nullish(),
});

export type CommitInput = z.output<typeof CommitInput>;

/** The commits of one request: at most `max` commits with 100,000 changed files in all. */
export const commitList = (max: number = MAX_COMMITS) =>
  list(CommitInput, { max }).refine((commits) => countChangedFiles(commits) <= MAX_CHANGED_FILES, {
    message: `Ensure this field has no more than ${MAX_CHANGED_FILES} elements in all commits together.`,
    path: ["patch_set"],
  });

const countChangedFiles = (commits: readonly CommitInput[]): number =>
  commits.reduce((sum, { patch_set }) => sum + (patch_set?.length ?? 0), 0);

/** A head commit of a release in a repository: one sha, or a range `start..end` (contract 3.1). */
export const RefInput = object({
  repository: text({ max: 200 }),
  commit: commitReference(),
  previousCommit: text({ max: 64, blank: true }).nullish(),
});

export type RefInput = z.output<typeof RefInput>;

/** The older form of a ref (contract 3.1). */
export const HeadCommitInput = object({
  repository: text({ max: 64 }),
  currentId: text({ max: 64 }),
  previousId: text({ max: 64 }).nullish(),
});

/** The head commits of one request, in the current and the older form. */
export const headLists = () => ({
  refs: list(RefInput, { max: MAX_HEAD_COMMITS }).optional(),
  headCommits: list(HeadCommitInput, { max: MAX_HEAD_COMMITS }).optional(),
});

/** Query of a release's commits. */
export const ListCommitsInput = z.object({ ...pageParams });

/** Query of a release's commits in one repository, by its external id or name (contract 6.2, 6.3). */
export const ListRepositoryCommitsOfReleaseInput = z.object({
  repo_id: queryText().optional(),
  repo_name: queryText().optional(),
  ...pageParams,
});

export type RepositoryFilter = { readonly repo_id?: string | undefined; readonly repo_name?: string | undefined };

/** Query of a project's commits: the beginning of a sha (contract 2, row 34). */
export const ListProjectCommitsInput = z.object({ query: queryText().optional(), ...pageParams });

/** Commits to store before a release refers to them. */
export const ReportCommitsInput = body({ commits: commitList(5000) });

/** A commit by its full hash or at least its first seven digits; `repository` is needed if several have it. */
export const GetCommitInput = z.object({ sha: text({ max: 64 }), repository: queryText().optional() });

export type GetCommitInput = z.output<typeof GetCommitInput>;

/** Query of an organization's repositories (contract 10.7). The default status is active; an empty one means all. */
export const ListRepositoriesInput = z.object({
  query: queryText().optional(),
  status: queryText().default("active"),
  integration_id: queryText().optional(),
  ...pageParams,
});

export type ListRepositoriesInput = z.output<typeof ListRepositoriesInput>;

/** POST of a repository (contract 10.8). No provider is supported. */
export const CreateRepositoryInput = body({ provider: z.unknown().optional() });

/** PUT of a repository (contract 10.9). An empty URL removes it. */
export const UpdateRepositoryInput = body({
  status: oneOf(["active", "visible", "hidden"], { invalid: (status) => `"${status}" is not a valid choice.` }).optional(),
  name: text({ max: MAX_REPOSITORY_NAME }).optional(),
  url: text({ max: MAX_REPOSITORY_URL, blank: true }).nullish(),
  integrationId: z.union([z.string(), z.number()], "A valid integer is required.").nullish(),
});

export type UpdateRepositoryInput = z.output<typeof UpdateRepositoryInput>;

/** Query of a repository's commits (contract 10.10). */
export const ListRepositoryCommitsInput = z.object(pageParams);

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

/** A release of a commit (contract 12.3). */
const ReleaseOfCommitView = z.object({
  version: z.string(),
  shortVersion: z.string(),
  ref: z.string().nullable(),
  url: z.string().nullable(),
  dateReleased: z.iso.datetime().nullable(),
  dateCreated: z.iso.datetime(),
});

/** A commit (contract 12.3). `author` is `{}` without an author. */
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

/** A file that a commit of the release changed (contract 6.3). */
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

/** A commit with all its details. */
export const CommitDetailView = z.object({
  sha: z.string(),
  message: z.string().nullable(),
  dateCreated: z.iso.datetime(),
  author: PersonBriefView.nullable(),
  repository: LinkSourceView,
  /** The files it changed, by path, at most 1000: A added, M modified, D deleted. */
  files: z.object({ total: z.number().int(), items: z.array(z.object({ path: z.string(), type: z.string() })) }),
  /** The releases that contain it, newest first, at most 50. */
  releases: z.object({ total: z.number().int(), items: z.array(ReleaseBriefView) }),
  environments: z.array(ChangeLocationView),
  /**
   * For a commit in no release: how many of the next 2000 commits of its repository are in no release either; `isCapped` if all 2000
   * are.
   */
  neighbors: z.object({ unreleased: z.number().int(), isCapped: z.boolean() }).nullable(),
});

export type CommitDetailView = z.infer<typeof CommitDetailView>;

/** The contributors of a release. */
export const ReleaseAuthorsView = z.object({
  /** The number of contributors; the first 500 are listed, by number of commits. */
  total: z.number().int(),
  items: z.array(z.object({ person: PersonBriefView, commits: z.number().int(), lastCommit: z.iso.datetime() })),
  /** Commits without an author. */
  unnamed: z.number().int(),
});

export type ReleaseAuthorsView = z.infer<typeof ReleaseAuthorsView>;

/** A file that commits of a release changed. */
export const ChangedPathView = z.object({
  repository: z.string(),
  path: z.string(),
  /** A or D if a commit added or deleted it and the newest commit left it so, else M. */
  type: z.enum(["A", "M", "D"]),
  /** The number of the release's commits that changed it. */
  commits: z.number().int(),
});

export type ChangedPathView = z.infer<typeof ChangedPathView>;

/** The number of changed files of a release, and the first 5000 by repository and path. */
export const ChangedPathsView = z.object({
  total: z.number().int(),
  items: z.array(ChangedPathView),
  /** The repositories with a head commit in the release: what their links depend on, and the hash of the head commit. */
  repositories: z.array(LinkSourceView.extend({ sha: z.string() })),
});

export type ChangedPathsView = z.infer<typeof ChangedPathsView>;
