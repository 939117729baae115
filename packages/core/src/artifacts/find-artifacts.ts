import { normalizeDebugId } from "@landfall/artifacts/debug-ids/normalize-debug-id";
import { urlCandidates } from "@landfall/artifacts/urls/url-candidates";
import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { ProjectRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { and, desc, eq, sql } from "drizzle-orm";
import { fileIdent, textKey } from "./artifact-keys.ts";
import { isShownFile } from "./shown-files.ts";

/** What a frame of a stack trace is known by. */
export type ArtifactLookUp = {
  readonly debugId?: string | undefined;
  readonly url?: string | undefined;
  readonly release?: string | undefined;
  readonly dist?: string | undefined;
};

/** Something that may hold what is wanted. `id` says what it is and which: `artifact_bundle/12`. */
export type FoundArtifact =
  | { readonly kind: "artifact_bundle" | "release_archive"; readonly id: number; readonly by: "debug-id" | "index" | "release-old" }
  | {
      readonly kind: "release_file";
      readonly id: number;
      readonly by: "release-old";
      readonly name: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** Of many bundles that have an address, only the last uploaded are told. */
const MAX_BUNDLES = 5;

/**
 * Where what is wanted may be: the last uploaded bundle with the debug id, else the last ones of that release and dist with the address, else
 * the release's own files and archives. Each way is one statement, a walk along an index.
 */
export async function findArtifacts(db: Reader, project: ProjectRow, { debugId, url, release, dist = "" }: ArtifactLookUp): Promise<FoundArtifact[]> {
  const { organizationId, id: projectId } = project;
  const on = { organizationId, projectId };
  const id = debugId === undefined ? null : normalizeDebugId(debugId);
  const byId = id === null ? [] : await selectByDebugId(db, { ...on, debugId: id });
  if (byId.length > 0) return byId.map(({ bundleId }) => ({ kind: "artifact_bundle", id: bundleId, by: "debug-id" }));
  if (!url || !release) return [];
  const names = [...new Set([url, ...urlCandidates(url)])];
  const byUrl = await selectByUrl(db, { ...on, version: release, dist, keys: JSON.stringify(names.map(textKey)) });
  if (byUrl.length > 0)
    return [...new Set(byUrl.map((row) => row.bundleId))]
      .slice(0, MAX_BUNDLES)
      .map((bundleId) => ({ kind: "artifact_bundle", id: bundleId, by: "index" }));
  const files = await selectFiles(db, { ...on, version: release, idents: JSON.stringify(names.map((name) => fileIdent(name, dist))) });
  const archives = new Set(files.flatMap(({ archiveId }) => archiveId ?? []));
  return [
    ...[...archives].map((archiveId) => ({ kind: "release_archive", id: archiveId, by: "release-old" }) as const),
    ...files.flatMap((file) =>
      file.archiveId === null
        ? [{ kind: "release_file", id: file.id, by: "release-old", name: file.name, headers: file.headers } as const]
        : [],
    ),
  ];
}

const selectByDebugId = prepared((db: Reader) => {
  const { artifactFiles, artifactBundleProjects } = db.tables;
  return db
    .select({ bundleId: artifactFiles.bundleId })
    .from(artifactFiles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, artifactFiles.bundleId)),
    )
    .where(and(eq(artifactFiles.organizationId, sql.placeholder("organizationId")), eq(artifactFiles.debugId, sql.placeholder("debugId"))))
    .orderBy(desc(artifactFiles.bundleId))
    .limit(1)
    .prepare();
});

const selectByUrl = prepared((db: Reader) => {
  const { artifactReleases, artifactBundleReleases, artifactUrls, artifactBundleProjects } = db.tables;
  return db
    .select({ bundleId: artifactUrls.bundleId })
    .from(artifactReleases)
    .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, "keys")))
    .innerJoin(
      artifactBundleReleases,
      and(
        eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
        eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
      ),
    )
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, sql.placeholder("projectId")), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
    )
    .where(
      and(
        eq(artifactReleases.organizationId, sql.placeholder("organizationId")),
        eq(artifactReleases.version, sql.placeholder("version")),
        eq(artifactReleases.dist, sql.placeholder("dist")),
      ),
    )
    .orderBy(desc(artifactUrls.bundleId))
    .limit(50)
    .prepare();
});

const selectFiles = prepared((db: Reader) => {
  const { releases, releaseProjects, releaseFiles } = db.tables;
  return db
    .select({ id: releaseFiles.id, name: releaseFiles.name, headers: releaseFiles.headers, archiveId: releaseFiles.archiveId })
    .from(releases)
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, sql.placeholder("projectId"))),
    )
    .innerJoin(releaseFiles, and(eq(releaseFiles.releaseId, releases.id), anyOf(releaseFiles.ident, "idents")))
    .where(
      and(
        eq(releases.organizationId, sql.placeholder("organizationId")),
        eq(releases.version, sql.placeholder("version")),
        isShownFile(db),
      ),
    )
    .prepare();
});
