import type { Tx } from "@landfall/db/store";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_DELETE } from "@landfall/schema/scope";
import { and, eq } from "drizzle-orm";
import { type AtRelease, atWholeRelease } from "../access/at-release.ts";
import { notFound } from "../app-error.ts";
import { deleteVersionArtifacts } from "../artifacts/forget-version.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { dropFiles, giveUpStaged } from "../artifacts/drop-files.ts";

type On = MutationContext & { readonly at: AtRelease };

/** Deletes a release with its deploys, commit links, files and artifacts; the commits and repositories stay (contract 4.3). */
export const deleteRelease = mutation({
  scope: REL_DELETE,
  at: atWholeRelease,
  input: NoInput,
  run: (on) => removeRelease(on),
});

/** What `deleteRelease` does, for both the organization's and a project's path. Throws 404 when somebody else was faster. */
export async function removeRelease(on: On): Promise<void> {
  const { tx, at } = on;
  const { releases } = tx.tables;
  const { id, organizationId, version, commitCount, deployCount } = at.release;
  const gone = await tx
    .delete(releases)
    .where(and(eq(releases.id, id), eq(releases.organizationId, organizationId)))
    .returning({ id: releases.id });
  if (gone.length === 0) throw notFound();
  await dropFiles(tx, id);
  await giveUpStaged(tx, id);
  await deleteVersionArtifacts(tx, { organizationId, version });
  const projects = at.links.map((link) => link.slug);
  await recordAudit(on, { organizationId, action: "release.delete", target: version, details: { projects, commitCount, deployCount } });
}
