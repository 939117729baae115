import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { Reader } from "@landfall/db/store";
import { instant, instantOrNull } from "@landfall/schema/instant";
import type { BundleLineView } from "@landfall/schema/views/bundle-line";
import { and, asc, count, eq, inArray } from "drizzle-orm";
import { type ProjectReach, reaches } from "../access/project-reach.ts";
import { countMissing } from "./count-missing.ts";
import { selectAssociations } from "./describe-bundles.ts";
import { fileMatches } from "./holds-file.ts";

type LineOptions = { readonly ids: readonly number[]; readonly reach: ProjectReach; readonly query: string };

/** Bundles as lines, in the order of their ids here. One statement each for what they are, are for, belong to, hold, and were searched for. */
export async function describeBundleLines(db: Reader, { ids, reach, query }: LineOptions): Promise<BundleLineView[]> {
  if (ids.length === 0) return [];
  const named = { ids: JSON.stringify(ids) };
  const rows = new Map((await selectBundles(db, named)).map((row) => [row.bundle.id, row]));
  const links = Map.groupBy(await selectAssociations(db, named), ({ bundleId }) => bundleId);
  const owners = Map.groupBy(await selectProjects(db, named), ({ bundleId }) => bundleId);
  const found = ids.flatMap((id) => rows.get(id) ?? []);
  const counts = await countMissing(
    db,
    found.map(({ bundle: { id, fileCount } }) => ({ id, fileCount, hasRelease: links.has(id) })),
  );
  const matches = query === "" ? null : new Map((await countMatches(db, ids, query)).map((row) => [row.bundleId, row.files]));
  return found.map(({ bundle, size }) => ({
    id: `artifact_bundle/${bundle.id}`,
    bundleId: bundle.bundleId,
    associations: (links.get(bundle.id) ?? []).map(({ version, dist }) => ({ release: version, dist: dist || null })),
    projects: (owners.get(bundle.id) ?? []).flatMap(({ projectId, slug }) => (reaches(reach, projectId) ? [slug] : [])),
    fileCount: bundle.fileCount,
    size,
    date: instant(bundle.dateCreated),
    dateModified: instantOrNull(bundle.dateModified),
    counts: counts.get(bundle.id) ?? null,
    matches: matches?.get(bundle.id) ?? 0,
  }));
}

const selectBundles = prepared((db: Reader) => {
  const { artifactBundles, blobs } = db.tables;
  return db
    .select({ bundle: artifactBundles, size: blobs.size })
    .from(artifactBundles)
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(anyOf(artifactBundles.id, "ids"))
    .prepare();
});

const selectProjects = prepared((db: Reader) => {
  const { artifactBundleProjects, projects } = db.tables;
  return db
    .select({ bundleId: artifactBundleProjects.bundleId, projectId: projects.id, slug: projects.slug })
    .from(artifactBundleProjects)
    .innerJoin(projects, eq(projects.id, artifactBundleProjects.projectId))
    .where(anyOf(artifactBundleProjects.bundleId, "ids"))
    .orderBy(asc(projects.slug))
    .prepare();
});

function countMatches(db: Reader, ids: readonly number[], text: string) {
  const { artifactFiles } = db.tables;
  const { bundleId } = artifactFiles;
  return db
    .select({ bundleId, files: count() })
    .from(artifactFiles)
    .where(and(inArray(bundleId, [...ids]), fileMatches(db, text)))
    .groupBy(bundleId);
}
