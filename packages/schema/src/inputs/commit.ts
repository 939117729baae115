import type * as z from "zod";
import { MAX_CHANGED_FILES, MAX_COMMITS } from "../commit-limits.ts";
import { oneOf } from "../fields/choice.ts";
import { commitReference } from "../fields/commit-reference.ts";
import { dateTime } from "../fields/date-time.ts";
import { list } from "../fields/list.ts";
import { object } from "../fields/object.ts";
import { text } from "../fields/text.ts";

/** The most repositories whose head commits one request may name. */
const MOST_HEADS = 1000;

/** A file a commit changed: A added, M modified, D deleted (contract 3.1). */
export const PatchInput = object({
  path: text({ max: 510 }),
  type: oneOf(["A", "M", "D"], { max: 1, invalid: (type) => `Commit patch_set type ${type} is not supported.` }),
});

/** A commit as clients send it (contract 3.1). Only `id`, the sha, is needed. */
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

/** A repository's head in a release: one sha, or a range `start..end` (contract 3.1). */
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
  refs: list(RefInput, { max: MOST_HEADS }).optional(),
  headCommits: list(HeadCommitInput, { max: MOST_HEADS }).optional(),
});
