import type { Store } from "@landfall/db/store";
import { and, asc, eq, exists, gt, or, sql } from "drizzle-orm";
import { deleteArtifactReleases, deleteBundles, sweepBundles } from "./delete-bundles.ts";
import { abandonStagedArchives, dropFiles, sweepReleaseFiles } from "./release-files.ts";

/** The most bundles, versions or releases whose artifacts are hidden in one transaction. */
const IDS_AT_ONCE = 100;

/** Excludes staged rows of other organizations, whose uploads may be running. */
const NEVER = new Date(0);

/** Deletes all artifacts of an organization in short transactions, before one transaction deletes the organization. */
export async function deleteArtifacts(store: Store, organizationId: number): Promise<void> {
  const { artifactBundles, artifactReleases, releases, releaseFiles, releaseArchives } = store.read.tables;
  const one = { one: sql`1` };
  const hasFiles = or(
    exists(store.read.select(one).from(releaseFiles).where(eq(releaseFiles.releaseId, releases.id))),
    exists(store.read.select(one).from(releaseArchives).where(eq(releaseArchives.releaseId, releases.id))),
  );
  const nextIds = async (table: typeof artifactBundles | typeof artifactReleases | typeof releases, after: number): Promise<number[]> => {
    const rows = await store.read
      .select({ id: table.id })
      .from(table)
      .where(and(eq(table.organizationId, organizationId), gt(table.id, after), table === releases ? hasFiles : undefined))
      .orderBy(asc(table.id))
      .limit(IDS_AT_ONCE);
    return rows.map(({ id }) => id);
  };
  for (let ids = await nextIds(artifactBundles, 0); ids.length > 0; ids = await nextIds(artifactBundles, ids.at(-1) ?? 0))
    await store.transaction((tx) => deleteBundles(tx, ids));
  for (let ids = await nextIds(artifactReleases, 0); ids.length > 0; ids = await nextIds(artifactReleases, ids.at(-1) ?? 0))
    await store.transaction((tx) => deleteArtifactReleases(tx, ids));
  for (let ids = await nextIds(releases, 0); ids.length > 0; ids = await nextIds(releases, ids.at(-1) ?? 0)) {
    for (const id of ids) {
      await store.transaction(async (tx) => {
        await dropFiles(tx, id);
        await abandonStagedArchives(tx, id);
      });
    }
  }
  await sweepBundles(store, NEVER);
  await sweepReleaseFiles(store, NEVER);
}
