import { setImmediate } from "node:timers/promises";
import { withoutIndex } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import { and, type Column, count, eq, exists, gt, isNotNull, lte, max, or, type SQL, sql, sum } from "drizzle-orm";
import { belongsToProject } from "./delete-bundles.ts";
import { isInPlace, isShownArchive, isShownFile } from "./release-files.ts";

/** So many artifacts, files in them, and bytes. */
type Amount = { count: number; files: number; bytes: number };

/** Artifacts by kind. */
export type Amounts = { readonly bundles: Amount; readonly files: Amount; readonly archives: Amount };

/** Rows looked at in one statement: some milliseconds. */
const ROWS_AT_ONCE = 5000;

const emptyAmounts = (): Amounts => ({ bundles: emptyAmount(), files: emptyAmount(), archives: emptyAmount() });
const emptyAmount = (): Amount => ({ count: 0, files: 0, bytes: 0 });

/**
 * What the artifacts of an organization take up by kind: all of them, each once, and by the id of each project that has some. In statements
 * that each look at some thousand rows; others are let in between.
 */
export async function countStorage(
  db: Reader,
  organizationId: number,
): Promise<{ readonly all: Amounts; readonly byProject: ReadonlyMap<number, Amounts> }> {
  const all = emptyAmounts();
  const byProject = new Map<number, Amounts>();
  const add = (kind: keyof Amounts, rows: readonly Counted[]): void => {
    for (const { projectId, ...row } of rows) {
      const amounts = projectId === null ? all : (byProject.get(projectId) ?? emptyAmounts());
      if (projectId !== null) byProject.set(projectId, amounts);
      const amount = amounts[kind];
      amount.count += row.count;
      amount.files += row.files ?? 0;
      amount.bytes += row.bytes ?? 0;
    }
  };
  for (const { kind, table, selects } of KINDS) {
    await inBatches(db, table, async (part) => {
      for (const select of selects) add(kind, await select(db, { ...part, organizationId }));
    });
  }
  return { all, byProject };
}

/** What the chunks of an organization take up. */
export async function sumChunks(db: Reader, organizationId: number): Promise<{ count: number; bytes: number }> {
  const [row] = await selectChunks(db, { organizationId });
  return { count: row?.count ?? 0, bytes: row?.bytes ?? 0 };
}

/** The bytes that an organization's artifacts and chunks refer to, each content once. Reads every blob, some thousand at a time. */
export async function sumBytes(db: Reader, organizationId: number): Promise<number> {
  let bytes = 0;
  await inBatches(db, "blobs", async (part) => {
    const [row] = await selectBytes(db, { ...part, organizationId });
    bytes += row?.bytes ?? 0;
  });
  return bytes;
}

type Counted = { readonly projectId: number | null; readonly count: number; readonly files: number | null; readonly bytes: number | null };
type Part = { readonly after: number; readonly upTo: number };
type TableName = "blobs" | "artifactBundles" | "releaseFiles" | "releaseArchives";

async function inBatches(db: Reader, name: TableName, work: (part: Part) => Promise<void>): Promise<void> {
  const table = db.tables[name];
  const [last] = await db.select({ id: max(table.id) }).from(table);
  for (let after = 0; after < (last?.id ?? 0); after += ROWS_AT_ONCE) {
    await work({ after, upTo: after + ROWS_AT_ONCE });
    await setImmediate();
  }
}

const within = (id: Column, { after, upTo }: Part): SQL | undefined => and(gt(id, after), lte(id, upTo));

const ofOrganization = (id: Column, organizationId: number): SQL => eq(withoutIndex(id), organizationId);

const summed = (files: Column | SQL, bytes: Column) => ({
  count: count(),
  files: sum(files).mapWith(Number),
  bytes: sum(bytes).mapWith(Number),
});

const noProject = { projectId: sql<null>`null` };

const bundleSums = (db: Reader) => summed(db.tables.artifactBundles.fileCount, db.tables.blobs.size);

const selectBundles = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { artifactBundles, blobs } = db.tables;
  return db
    .select({ ...noProject, ...bundleSums(db) })
    .from(artifactBundles)
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(
      and(within(artifactBundles.id, param), ofOrganization(artifactBundles.organizationId, param.organizationId), belongsToProject(db)),
    )
    .prepare();
});

const selectBundlesByProject = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { artifactBundles, artifactBundleProjects, blobs } = db.tables;
  const { projectId, bundleId } = artifactBundleProjects;
  return db
    .select({ projectId, ...bundleSums(db) })
    .from(artifactBundles)
    .innerJoin(artifactBundleProjects, eq(bundleId, artifactBundles.id))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(within(artifactBundles.id, param), ofOrganization(artifactBundles.organizationId, param.organizationId)))
    .groupBy(projectId)
    .prepare();
});

const fileSums = (db: Reader) => summed(sql`1`, db.tables.releaseFiles.size);

const selectFiles = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { releaseFiles, releases } = db.tables;
  return db
    .select({ ...noProject, ...fileSums(db) })
    .from(releaseFiles)
    .innerJoin(releases, eq(releases.id, releaseFiles.releaseId))
    .where(
      and(
        within(releaseFiles.id, param),
        isNotNull(releaseFiles.blobId),
        isShownFile(db),
        ofOrganization(releases.organizationId, param.organizationId),
      ),
    )
    .prepare();
});

const selectFilesByProject = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { releaseFiles, releases, releaseProjects } = db.tables;
  return db
    .select({ projectId: releaseProjects.projectId, ...fileSums(db) })
    .from(releaseFiles)
    .innerJoin(releases, eq(releases.id, releaseFiles.releaseId))
    .innerJoin(releaseProjects, eq(releaseProjects.releaseId, releaseFiles.releaseId))
    .where(
      and(
        within(releaseFiles.id, param),
        isNotNull(releaseFiles.blobId),
        isShownFile(db),
        ofOrganization(releases.organizationId, param.organizationId),
      ),
    )
    .groupBy(releaseProjects.projectId)
    .prepare();
});

const archiveSums = (db: Reader) => {
  const { releaseFiles, releaseArchives, blobs } = db.tables;
  const members = db
    .select({ count: count() })
    .from(releaseFiles)
    .where(and(eq(releaseFiles.archiveId, releaseArchives.id), isInPlace(db)));
  return summed(sql`(${members})`, blobs.size);
};

const selectArchives = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { releaseArchives, releases, blobs } = db.tables;
  return db
    .select({ ...noProject, ...archiveSums(db) })
    .from(releaseArchives)
    .innerJoin(releases, eq(releases.id, releaseArchives.releaseId))
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(and(within(releaseArchives.id, param), isShownArchive(db), ofOrganization(releases.organizationId, param.organizationId)))
    .prepare();
});

const selectArchivesByProject = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { releaseArchives, releases, releaseProjects, blobs } = db.tables;
  return db
    .select({ projectId: releaseProjects.projectId, ...archiveSums(db) })
    .from(releaseArchives)
    .innerJoin(releases, eq(releases.id, releaseArchives.releaseId))
    .innerJoin(releaseProjects, eq(releaseProjects.releaseId, releaseArchives.releaseId))
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .where(and(within(releaseArchives.id, param), isShownArchive(db), ofOrganization(releases.organizationId, param.organizationId)))
    .groupBy(releaseProjects.projectId)
    .prepare();
});

const KINDS = [
  { kind: "bundles", table: "artifactBundles", selects: [selectBundles, selectBundlesByProject] },
  { kind: "files", table: "releaseFiles", selects: [selectFiles, selectFilesByProject] },
  { kind: "archives", table: "releaseArchives", selects: [selectArchives, selectArchivesByProject] },
] as const satisfies readonly { kind: keyof Amounts; table: TableName; selects: unknown }[];

const selectChunks = prepared((db: Reader, param: { organizationId: number }) => {
  const { chunks } = db.tables;
  return db
    .select({ count: count(), bytes: sum(chunks.size).mapWith(Number) })
    .from(chunks)
    .where(eq(chunks.organizationId, param.organizationId))
    .prepare();
});

const selectBytes = prepared((db: Reader, param: Part & { organizationId: number }) => {
  const { blobs, chunks, artifactBundles, releaseFiles, releaseArchives, releases } = db.tables;
  const one = { one: sql`1` };
  const ofRelease = (table: typeof releaseFiles | typeof releaseArchives, isShown: SQL | undefined) =>
    exists(
      db
        .select(one)
        .from(table)
        .innerJoin(releases, eq(releases.id, table.releaseId))
        .where(and(eq(table.blobId, blobs.id), isShown, ofOrganization(releases.organizationId, param.organizationId))),
    );
  const own = (table: typeof chunks | typeof artifactBundles, condition?: SQL) =>
    exists(
      db
        .select(one)
        .from(table)
        .where(and(eq(table.blobId, blobs.id), ofOrganization(table.organizationId, param.organizationId), condition)),
    );
  const isOwn = or(
    own(artifactBundles, belongsToProject(db)),
    ofRelease(releaseFiles, isShownFile(db)),
    ofRelease(releaseArchives, isShownArchive(db)),
    own(chunks),
  );
  return db
    .select({ bytes: sum(blobs.size).mapWith(Number) })
    .from(blobs)
    .where(and(within(blobs.id, param), isOwn))
    .prepare();
});
