import type * as z from "zod";
import { choice } from "../fields/choice.ts";
import { commitReference } from "../fields/commit-reference.ts";
import { dateTime } from "../fields/date-time.ts";
import { list } from "../fields/list.ts";
import { object } from "../fields/object.ts";
import { text } from "../fields/text.ts";

/** A file a commit changed: A added, M modified, D deleted (contract 3.1). */
export const PatchInput = object({
  path: text({ max: 510 }),
  type: choice(["A", "M", "D"], { max: 1, invalid: (type) => `Commit patch_set type ${type} is not supported.` }),
});

/** A commit as clients send it (contract 3.1). Only `id`, the sha, is needed. */
export const CommitInput = object({
  id: text({ max: 64 }),
  repository: text({ max: 64, blank: true }).nullish(),
  message: text({ blank: true }).nullish(),
  author_name: text({ max: 128, blank: true }).nullish(),
  author_email: text({ max: 200, blank: true }).nullish(),
  timestamp: dateTime().nullish(),
  patch_set: list(PatchInput).nullish(),
});
export type CommitInput = z.output<typeof CommitInput>;

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
