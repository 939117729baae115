import { getCommit } from "@landfall/core/commits/get-commit";
import { listChangedPaths } from "@landfall/core/commits/list-changed-paths";
import { listCommitFiles } from "@landfall/core/commits/list-commit-files";
import { listProjectCommits } from "@landfall/core/commits/list-project-commits";
import { listProjectReleaseCommits } from "@landfall/core/commits/list-project-release-commits";
import { listReleaseContributors } from "@landfall/core/commits/list-release-authors";
import { listReleaseCommits } from "@landfall/core/commits/list-release-commits";
import { listReleaseRepositories } from "@landfall/core/commits/list-release-repositories";
import { reportCommits } from "@landfall/core/commits/report-commits";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const commitsRouter = router({
  ofRelease: queryOf(listReleaseCommits),
  ofReleaseInProject: queryOf(listProjectReleaseCommits),
  ofProject: queryOf(listProjectCommits),
  get: queryOf(getCommit),
  files: queryOf(listCommitFiles),
  paths: queryOf(listChangedPaths),
  authors: queryOf(listReleaseContributors),
  repositories: queryOf(listReleaseRepositories),
  report: mutationOf(reportCommits),
});
