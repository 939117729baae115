import { REL_WRITE } from "@landfall/schema/scope";
import { atWholeRelease } from "../access/at-release.ts";
import { mutation } from "../operation.ts";
import { AssembleReleaseInput } from "./assembly-request.ts";
import { requestAssembly } from "./request-assembly.ts";

/**
 * Puts an archive for a release together from its chunks, in the background, and tells how that stands (contract 9.3). Chunks that are
 * missing make it fail; they are not told before.
 */
export const assembleRelease = mutation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: AssembleReleaseInput,
  run: (on, { checksum, chunks }) => {
    const { id: releaseId, organizationId, version } = on.at.release;
    return requestAssembly(on, { organizationId, releaseId, checksum, chunks, projectIds: [], version, dist: "" }, { tellsMissing: false });
  },
});
