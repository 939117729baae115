import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_DELETE } from "@landfall/schema/scope";
import { atWholeProjectRelease } from "../access/at-project-release.ts";
import { mutation } from "../operation.ts";
import { removeRelease } from "./delete-release.ts";

/** Deletes a release through one of its projects: the whole of it, for every project (contract 5.3). */
export const deleteProjectRelease = mutation({
  scope: REL_DELETE,
  at: atWholeProjectRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});
