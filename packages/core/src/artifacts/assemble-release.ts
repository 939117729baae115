import { REL_WRITE } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atWholeRelease } from "../access/at-release.ts";
import { notFound } from "../app-error.ts";
import { mutationWithPreparation } from "../operation.ts";
import { AssembleReleaseInput } from "./assembly-request.ts";
import { type AssemblyRequest, checkDamage, requestAssembly } from "./request-assembly.ts";

/**
 * Puts an archive for a release together from its chunks, in the background, and tells how that stands (contract 9.3). Chunks that are
 * missing make it fail; they are not told before.
 */
export const assembleRelease = mutationWithPreparation({
  scope: REL_WRITE,
  at: atWholeRelease,
  input: AssembleReleaseInput,
  prepare: async ({ at: { release }, context }, { checksum, chunks }) => {
    const { id: releaseId, organizationId, version } = release;
    const request: AssemblyRequest = { organizationId, releaseId, checksum, chunks, projectIds: [], version, dist: "" };
    await checkDamage(context, request);
    return { releaseId, request };
  },
  run: async (on, { releaseId, request }) => {
    const { releases } = on.tx.tables;
    const [release] = await on.tx.select({ id: releases.id }).from(releases).where(eq(releases.id, releaseId));
    if (!release) throw notFound();
    return requestAssembly(on, request, { tellsMissing: false });
  },
});
