import type { Store } from "@landfall/db/store";
import { and, asc, eq, exists, gt, or, sql } from "drizzle-orm";
import { deleteArtifactReleases, deleteBundles, sweepBundles } from "./delete-bundles.ts";
import { dropFiles, giveUpStaged, sweepReleaseFiles } from "./release-files.ts";

/** Bundles, versions or releases whose artifacts are hidden in one transaction. */
const IDS_AT_ONCE = 100;

/** Nothing is older: what is being uploaded elsewhere is left alone. */
const NEVER = new Date(0);

/** Deletes all artifacts of an organization in short transactions, before the organization itself is deleted in one. */
export async function deleteArtifacts(store: Store, organizationId: number): Promise<void> {
  const { artifactBundles, artifactReleases, releases, releaseFiles, releaseArchives } = store.read.tables;
  const one = { one: sql`1` };
  const hasFiles = or(
    exists(store.read.select(one).from(releaseFiles).where(eq(releaseFiles.releaseId, releases.id))),
    exists(store.read.select(one).from(releaseArchives).where(eq(releaseArchives.releaseId, releases.id))),
  );
  const some = async (table: typeof artifactBundles | typeof artifactReleases | typeof releases, after: number): Promise<number[]> => {
    const rows = await store.read
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organizationId, organizationId), gt(table.id, after), table === releases ? hasFiles : undefined))
      .orderBy(asc(table.id))
      .limit(IDS_AT_ONCE);
    return rows.map(({ id }) => id);
  };
  for (let ids = await some(artifactBundles, 0); ids.length > 0; ids = await some(artifactBundles, ids.at(-1) ?? 0))
    await store.transaction((tx) => deleteBundles(tx, ids));
  for (let ids = await some(artifactReleases, 0); ids.length > 0; ids = await some(artifactReleases, ids.at(-1) ?? 0))
    await store.transaction((tx) => deleteArtifactReleases(tx, ids));
  for (let ids = await some(releases, 0); ids.length > 0; ids = await some(releases, ids.at(-1) ?? 0)) {
    for (const id of ids) {
      await store.transaction(async (tx) => {
        await dropFiles(tx, id);
        await giveUpStaged(tx, id);
      });
    }
  }
  await sweepBundles(store, NEVER);
  await sweepReleaseFiles(store, NEVER);
}
