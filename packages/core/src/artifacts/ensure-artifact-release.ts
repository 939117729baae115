import type { Tx } from "@landfall/db/store";

type Named = { readonly organizationId: number; readonly version: string; readonly dist: string };

/** The id that stands for a version and dist among artifacts; made when it is new. */
export async function ensureArtifactRelease(tx: Tx, named: Named): Promise<number> {
  const { artifactReleases } = tx.tables;
  const [row] = await tx
    .insert(artifactReleases)
    .values(named)
    .onConflictDoUpdate({
      target: [artifactReleases.organizationId, artifactReleases.version, artifactReleases.dist],
      set: { dist: named.dist },
    })
    .returning({ id: artifactReleases.id });
  if (!row) throw new Error("a version of artifacts was not stored");
  return row.id;
}
