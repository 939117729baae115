import { listReleasesForPages } from "@landfall/core/releases/browse-releases";
import { compareReleases } from "@landfall/core/compare/compare-releases";
import { listActivity } from "@landfall/core/history/list-activity";
import { setReleaseStatus } from "@landfall/core/releases/change-status";
import { countReleases } from "@landfall/core/releases/count-releases";
import { createProjectRelease } from "@landfall/core/releases/create-project-release";
import { createRelease } from "@landfall/core/releases/create-release";
import { deleteProjectRelease } from "@landfall/core/releases/delete-project-release";
import { deleteRelease } from "@landfall/core/releases/delete-release";
import { editRelease } from "@landfall/core/releases/edit-release";
import { getPreviousWithCommits } from "@landfall/core/releases/get-previous-with-commits";
import { getProjectRelease } from "@landfall/core/releases/get-project-release";
import { getRelease } from "@landfall/core/releases/get-release";
import { getReleaseSummary } from "@landfall/core/releases/get-release-head";
import { getReleaseMeta } from "@landfall/core/releases/get-release-meta";
import { getReleaseStats } from "@landfall/core/releases/get-release-stats";
import { listProjectReleases } from "@landfall/core/releases/list-project-releases";
import { listProjectResolvedIssues } from "@landfall/core/releases/list-project-resolved-issues";
import { listReleaseStats } from "@landfall/core/releases/list-release-stats";
import { listReleases } from "@landfall/core/releases/list-releases";
import { listResolvedIssues } from "@landfall/core/releases/list-resolved-issues";
import { previewDeletion } from "@landfall/core/releases/preview-deletion";
import { updateProjectRelease } from "@landfall/core/releases/update-project-release";
import { updateRelease } from "@landfall/core/releases/update-release";
import { mutationOf, queryOf, router } from "../trpc.ts";

export const releasesRouter = router({
  create: mutationOf(createRelease),
  createInProject: mutationOf(createProjectRelease),
  list: queryOf(listReleases),
  browse: queryOf(listReleasesForPages),
  count: queryOf(countReleases),
  listInProject: queryOf(listProjectReleases),
  stats: queryOf(listReleaseStats),
  get: queryOf(getRelease),
  getInProject: queryOf(getProjectRelease),
  head: queryOf(getReleaseSummary),
  meta: queryOf(getReleaseMeta),
  compare: queryOf(compareReleases),
  activity: queryOf(listActivity),
  health: queryOf(getReleaseStats),
  previousWithCommits: queryOf(getPreviousWithCommits),
  resolved: queryOf(listResolvedIssues),
  resolvedInProject: queryOf(listProjectResolvedIssues),
  update: mutationOf(updateRelease),
  updateInProject: mutationOf(updateProjectRelease),
  edit: mutationOf(editRelease),
  changeStatus: mutationOf(setReleaseStatus),
  delete: mutationOf(deleteRelease),
  previewDeletion: queryOf(previewDeletion),
  deleteInProject: mutationOf(deleteProjectRelease),
});
