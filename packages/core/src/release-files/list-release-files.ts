import { ListReleaseFilesInput } from "@landfall/schema/inputs/release-file";
import { REL_READ } from "@landfall/schema/scope";
import { atRelease } from "../access/at-release.ts";
import { query } from "../operation.ts";
import { selectReleaseFiles } from "./select-release-files.ts";

/** The files of a release: single ones by name, then what is in its archives (contract 8.2). */
export const listReleaseFiles = query({
  scope: REL_READ,
  at: atRelease,
  input: ListReleaseFilesInput,
  run: (on, input) => selectReleaseFiles(on, input),
});
