import { deleteProjectReleaseFile, deleteReleaseFile } from "@landfall/core/release-files/delete-release-file";
import { deleteSourceMaps } from "@landfall/core/release-files/delete-source-maps";
import { getReleaseFile } from "@landfall/core/release-files/get-release-file";
import { listProjectReleaseFiles } from "@landfall/core/release-files/list-project-release-files";
import { listReleaseFiles } from "@landfall/core/release-files/list-release-files";
import { listSourceMaps } from "@landfall/core/release-files/list-source-maps";
import { renameProjectReleaseFile, renameReleaseFile } from "@landfall/core/release-files/rename-release-file";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** Files of releases. They are uploaded, and their bytes read, over the wire. */
export const releaseFilesRouter = router({
  list: queryOf(listReleaseFiles),
  listInProject: queryOf(listProjectReleaseFiles),
  get: queryOf(getReleaseFile),
  rename: mutationOf(renameReleaseFile),
  renameInProject: mutationOf(renameProjectReleaseFile),
  delete: mutationOf(deleteReleaseFile),
  deleteInProject: mutationOf(deleteProjectReleaseFile),
  sourceMaps: queryOf(listSourceMaps),
  deleteSourceMaps: mutationOf(deleteSourceMaps),
});
