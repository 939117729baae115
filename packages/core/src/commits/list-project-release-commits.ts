import { ListRepositoryCommitsOfReleaseInput } from "@landfall/schema/inputs/commits-of-release";
import { REL_READ } from "@landfall/schema/scope";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";
import { selectReleaseCommits } from "./select-release-commits.ts";

/** The commits of a release through one of its projects, of one repository if asked (contract 6.2). */
export const listProjectReleaseCommits = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ListRepositoryCommitsOfReleaseInput,
  run: ({ db, at }, input) => selectReleaseCommits(db, at, input),
});
