import { listCommitFiles } from "@landfall/core/commits/list-commit-files";
import { listProjectCommits } from "@landfall/core/commits/list-project-commits";
import { listReleaseCommits } from "@landfall/core/commits/list-release-commits";
import { reportCommits } from "@landfall/core/commits/report-commits";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const commitsRouter = router({
  ofRelease: queryOf(listReleaseCommits),
  ofProject: queryOf(listProjectCommits),
  files: queryOf(listCommitFiles),
  report: mutationOf(reportCommits),
});
