import { ListReleaseFilesInput } from "@landfall/schema/inputs/release-file";
import { REL_READ } from "@landfall/schema/scope";
import { atProjectRelease } from "../access/at-project-release.ts";
import { query } from "../operation.ts";
import { selectReleaseFiles } from "./select-release-files.ts";

/** The files of a release, through one of its projects (contract 8.2). */
export const listProjectReleaseFiles = query({
  scope: REL_READ,
  at: atProjectRelease,
  input: ListReleaseFilesInput,
  run: (on, input) => selectReleaseFiles(on, input),
});
