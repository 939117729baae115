import { ListCommitsInput } from "@landfall/schema/inputs/commits-of-release";
import { REL_READ } from "@landfall/schema/scope";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { selectReleaseCommits } from "./select-release-commits.ts";

/** The commits of a release, the newest first (contract 6.1). */
export const listReleaseCommits = query({
  scope: REL_READ,
  at: atRelease,
  input: ListCommitsInput,
  run: ({ db, at }, input) => selectReleaseCommits(db, at, input),
});
