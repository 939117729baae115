import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import { atReleaseFile } from "../access/at-release-file.ts";
import { query } from "../operation.ts";
import { describeReleaseFile } from "./describe-release-file.ts";
import { findReleaseFile } from "./find-release-file.ts";

/** What is told of one file of a release; its bytes are read with `readReleaseFile`. */
export const getReleaseFile = query({
  scope: REL_READ,
  at: atReleaseFile,
  input: NoInput,
  run: async ({ db, at }) => describeReleaseFile(await findReleaseFile(db, at.release.id, at.file)),
});
