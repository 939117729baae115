import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { containsText } from "@landfall/db/sql/conditions";
import type { Reader } from "@landfall/db/store";
import { and, type Column, eq, exists, or, type SQL, sql } from "drizzle-orm";

/** Whether a text is the id of a bundle, a debug id in it, or a version or dist it was uploaded for. */
export function bundleMatches(db: Reader, text: string): SQL | undefined {
  const { artifactBundles, artifactFiles, artifactBundleReleases, artifactReleases } = db.tables;
  const one = { one: sql`1` };
  const hasVersion = exists(
    db
      .select(one)
      .from(artifactBundleReleases)
      .innerJoin(artifactReleases, eq(artifactReleases.id, artifactBundleReleases.artifactReleaseId))
      .where(
        and(
          eq(artifactBundleReleases.bundleId, artifactBundles.id),
          or(eq(artifactReleases.version, text), eq(artifactReleases.dist, text)),
        ),
      ),
  );
  const uuid = normalizeDebugId(text);
  if (uuid === null) return hasVersion;
  const { organizationId, debugId, bundleId } = artifactFiles;
  const file = db
    .select(one)
    .from(artifactFiles)
    .where(and(eq(organizationId, artifactBundles.organizationId), eq(debugId, uuid), eq(bundleId, artifactBundles.id)));
  return or(eq(artifactBundles.bundleId, uuid), exists(file), hasVersion);
}

/** Whether the name of a bundle's file contains a text, or the text is its debug id. */
export function fileMatches({ tables: { artifactFiles } }: Reader, text: string): SQL | undefined {
  const { url, path, debugId } = artifactFiles;
  const id = normalizeDebugId(text);
  return or(containsText(url, text), containsText(path, text), id === null ? undefined : eq(debugId, id));
}

/** Whether a bundle has a file that matches a text. */
export function hasMatchingFile(db: Reader, bundle: Column, text: string): SQL {
  const { artifactFiles } = db.tables;
  return exists(
    db
      .select({ one: sql`1` })
      .from(artifactFiles)
      .where(and(eq(artifactFiles.bundleId, bundle), fileMatches(db, text))),
  );
}
