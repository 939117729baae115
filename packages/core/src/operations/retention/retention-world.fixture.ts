import { DAY } from "@landfall/domain/durations";
import type { Store, Tx } from "@landfall/db/store";

/** A file of a release, or an archive with one member. */
type OwnFile = { readonly age: number; readonly blob: number; readonly isArchive: boolean };

type PlannedRelease = {
  readonly age: number;
  readonly projects: readonly string[];
  /** The environments it was deployed to, with the age of the deploy in days. */
  readonly deploys: readonly { readonly environment: string; readonly age: number }[];
  readonly files: readonly OwnFile[];
};

type PlannedBundle = {
  readonly age: number;
  /** The age of its second upload, if there was one. */
  readonly again: number | null;
  readonly blob: number;
  readonly projects: readonly string[];
  /** The releases it was uploaded for, by their index in the plan; -1 is a version without a release. */
  readonly releases: readonly number[];
};

/** Releases and bundles to write. Ages are in days. */
export type Plan = {
  readonly releases: readonly PlannedRelease[];
  readonly bundles: readonly PlannedBundle[];
  /** Environments a project hides. */
  readonly hidden: Readonly<Record<string, readonly string[]>>;
};

/** The size of a blob in bytes: a power of two, so that a sum shows which blobs were added. */
export const sizeOfBlob = (blob: number): number => 2 ** blob;

/** The version of a release of the plan. */
export const versionOf = (index: number): string => (index < 0 ? "unknown" : `v${index}`);

/** Inserts the rows of a plan directly. Returns the ids of its bundles. */
export function writePlan(
  store: Store,
  { id: organizationId, projectIds }: { readonly id: number; readonly projectIds: ReadonlyMap<string, number> },
  plan: Plan,
  now: Date,
): Promise<number[]> {
  const ago = (days: number): Date => new Date(now.getTime() - days * DAY);
  const idOf = (slug: string): number => projectIds.get(slug) ?? 0;
  return store.transaction(async (tx) => {
    const t = tx.tables;
    const blobIds = new Map<number, number>();
    const blobOf = async (blob: number): Promise<number> => {
      const known = blobIds.get(blob);
      if (known !== undefined) return known;
      const text = `${organizationId}-${blob}`;
      const row = { name: text, sha256: text, sha1: text, size: sizeOfBlob(blob), dateCreated: ago(100), dateLastUsed: ago(100) };
      const id = await idOfInsert(tx.insert(t.blobs).values(row).returning({ id: t.blobs.id }));
      blobIds.set(blob, id);
      return id;
    };
    const releaseIds: number[] = [];
    for (const [index, release] of plan.releases.entries()) {
      const date = ago(release.age);
      const row = { organizationId, version: versionOf(index), dateCreated: date, dateEffective: date, authorIds: [] };
      const releaseId = await idOfInsert(tx.insert(t.releases).values(row).returning({ id: t.releases.id }));
      releaseIds.push(releaseId);
      for (const slug of release.projects)
        await tx.insert(t.releaseProjects).values({ releaseId, projectId: idOf(slug), dateCreated: date, dateEffective: date });
      for (const [place, file] of release.files.entries()) await writeFile(tx, { releaseId, place, file, date: ago(file.age) }, blobOf);
      for (const { environment, age } of release.deploys)
        await writeDeploy(tx, { organizationId, releaseId, name: environment, date: ago(age), projectIds: release.projects.map(idOf) });
    }
    for (const [slug, names] of Object.entries(plan.hidden)) for (const name of names) await hide(tx, organizationId, idOf(slug), name);
    const bundleIds: number[] = [];
    for (const [index, bundle] of plan.bundles.entries()) {
      const row = {
        organizationId,
        bundleId: `b${index}`,
        blobId: await blobOf(bundle.blob),
        checksum: `c${index}`,
        fileCount: index + 1,
        dateCreated: ago(bundle.age),
        dateModified: bundle.again === null ? null : ago(bundle.again),
      };
      const bundleId = await idOfInsert(tx.insert(t.artifactBundles).values(row).returning({ id: t.artifactBundles.id }));
      bundleIds.push(bundleId);
      for (const slug of bundle.projects) await tx.insert(t.artifactBundleProjects).values({ projectId: idOf(slug), bundleId });
      for (const release of bundle.releases) {
        const values = { organizationId, version: versionOf(release), dist: "" };
        const { id, version, dist } = t.artifactReleases;
        const insert = tx
          .insert(t.artifactReleases)
          .values(values)
          .onConflictDoUpdate({ target: [t.artifactReleases.organizationId, version, dist], set: { dist: "" } });
        await tx.insert(t.artifactBundleReleases).values({ artifactReleaseId: await idOfInsert(insert.returning({ id })), bundleId });
      }
    }
    return bundleIds;
  });
}

async function writeFile(
  tx: Tx,
  { releaseId, place, file, date }: { releaseId: number; place: number; file: OwnFile; date: Date },
  blobOf: (blob: number) => Promise<number>,
): Promise<void> {
  const { releaseFiles, releaseArchives } = tx.tables;
  const blobId = await blobOf(file.blob);
  const name = `~/${place}.js`;
  const row = { releaseId, name, ident: name, headers: {}, size: sizeOfBlob(file.blob), sha1: name, dateCreated: date };
  if (!file.isArchive) {
    await tx.insert(releaseFiles).values({ ...row, blobId });
    return;
  }
  const insert = tx.insert(releaseArchives).values({ releaseId, blobId, checksum: name, dateCreated: date });
  const archiveId = await idOfInsert(insert.returning({ id: releaseArchives.id }));
  await tx.insert(releaseFiles).values({ ...row, archiveId, isMember: true });
}

type Deployed = { organizationId: number; releaseId: number; name: string; date: Date; projectIds: readonly number[] };

async function writeDeploy(tx: Tx, { organizationId, releaseId, name, date, projectIds }: Deployed): Promise<void> {
  const { environmentProjects, deploys, releaseEnvironments } = tx.tables;
  const environmentId = await ensureEnvironment(tx, organizationId, name);
  const row = { organizationId, releaseId, environmentId, dateFinished: date, dateCreated: date };
  const lastDeployId = await idOfInsert(tx.insert(deploys).values(row).returning({ id: deploys.id }));
  for (const projectId of projectIds) {
    await tx.insert(environmentProjects).values({ environmentId, projectId }).onConflictDoNothing();
    await tx.insert(releaseEnvironments).values({ releaseId, projectId, environmentId, lastDeployId, firstSeen: date, lastSeen: date });
  }
}

/** Returns the id of an environment; inserts it if it is new. */
export function ensureEnvironment(tx: Tx, organizationId: number, name: string): Promise<number> {
  const { environments } = tx.tables;
  const insert = tx
    .insert(environments)
    .values({ organizationId, name, dateCreated: new Date(0) })
    .onConflictDoUpdate({ target: [environments.organizationId, environments.name], set: { name } });
  return idOfInsert(insert.returning({ id: environments.id }));
}

async function hide(tx: Tx, organizationId: number, projectId: number, name: string): Promise<void> {
  const environmentId = await ensureEnvironment(tx, organizationId, name);
  const { environmentProjects } = tx.tables;
  await tx
    .insert(environmentProjects)
    .values({ environmentId, projectId, isHidden: true })
    .onConflictDoUpdate({ target: [environmentProjects.projectId, environmentProjects.environmentId], set: { isHidden: true } });
}

async function idOfInsert(rows: PromiseLike<readonly { readonly id: number }[]>): Promise<number> {
  const [row] = await rows;
  if (!row) throw new Error("a row was not stored");
  return row.id;
}
