import { normalizeDebugId } from "@landfall/artifacts/debug-ids";
import { urlCandidates } from "@landfall/artifacts/urls";
import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { type FoundArtifactView, LookUpArtifactsInput } from "@landfall/schema/artifacts/artifact-bundles";
import { REL_READ } from "@landfall/schema/scope";
import { and, desc, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { readId } from "../../kernel/input.ts";
import { query } from "../../kernel/operation.ts";
import { assertCanDownload, blobContent, type Content } from "../../records/artifacts/content.ts";
import { fileIdent, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

/** What was found, or the bytes of it. */
export type LookUpResult = { readonly found: FoundArtifactView[] } | { readonly content: Content };

/** What a project has for a frame of a stack trace, by debug id or by address, release and dist; with `download` the bytes of what was found. */
export const lookUpArtifacts = query({
  scope: REL_READ,
  at: atProject,
  input: LookUpArtifactsInput,
  run: async ({ db, at: { access, project }, context }, { download, debug_id: debugId, ...wanted }): Promise<LookUpResult> => {
    if (download !== undefined) {
      assertCanDownload(access.scopes);
      return { content: await openArtifact(db, context, project, download) };
    }
    const address = `${context.origin}/api/0/projects/${access.organization.slug}/${project.slug}/artifact-lookup/`;
    const found = await findArtifacts(db, project, { debugId, ...wanted });
    return { found: found.toSorted(compareFound).map((one) => describeFound(one, address)) };
  },
});

const compareFound = (a: FoundArtifact, b: FoundArtifact): number => (a.kind === b.kind ? a.id - b.id : a.kind < b.kind ? -1 : 1);

function describeFound(found: FoundArtifact, address: string): FoundArtifactView {
  const id = `${found.kind}/${found.id}`;
  const common = { id, url: `${address}?download=${id}`, resolved_with: found.by };
  return found.kind === "release_file"
    ? { ...common, type: "file", abs_path: found.name, headers: { ...found.headers } }
    : { ...common, type: "bundle" };
}

/** What a frame of a stack trace is known by. */
export type ArtifactLookUp = {
  readonly debugId?: string | undefined;
  readonly url?: string | undefined;
  readonly release?: string | undefined;
  readonly dist?: string | undefined;
};

/** Something that may hold what is wanted. `id` says what it is and which: `artifact_bundle/12`. */
type FoundArtifact =
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
export async function findArtifacts(
  db: Reader,
  project: ProjectRow,
  { debugId, url, release, dist = "" }: ArtifactLookUp,
): Promise<FoundArtifact[]> {
  const { organizationId, id: projectId } = project;
  const on = { organizationId, projectId };
  const id = debugId === undefined ? null : normalizeDebugId(debugId);
  const byId = id === null ? [] : await selectByDebugId(db, { ...on, debugId: id });
  if (byId.length > 0) return byId.map(({ bundleId }) => ({ kind: "artifact_bundle", id: bundleId, by: "debug-id" }));
  if (!url || !release) return [];
  const names = [...new Set([url, ...urlCandidates(url)])];
  const byUrl = await selectByUrl(db, { ...on, version: release, dist, keys: names.map(textKey) });
  if (byUrl.length > 0)
    return [...new Set(byUrl.map((row) => row.bundleId))]
      .slice(0, MAX_BUNDLES)
      .map((bundleId) => ({ kind: "artifact_bundle", id: bundleId, by: "index" }));
  const files = await selectFiles(db, { ...on, version: release, idents: names.map((name) => fileIdent(name, dist)) });
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

const selectByDebugId = prepared((db: Reader, param: { projectId: number; organizationId: number; debugId: string }) => {
  const { artifactFiles, artifactBundleProjects } = db.tables;
  return db
    .select({ bundleId: artifactFiles.bundleId })
    .from(artifactFiles)
    .innerJoin(
      artifactBundleProjects,
      and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactFiles.bundleId)),
    )
    .where(and(eq(artifactFiles.organizationId, param.organizationId), eq(artifactFiles.debugId, param.debugId)))
    .orderBy(desc(artifactFiles.bundleId))
    .limit(1)
    .prepare();
});

const selectByUrl = prepared(
  (db: Reader, param: { keys: readonly string[]; projectId: number; organizationId: number; version: string; dist: string }) => {
    const { artifactReleases, artifactBundleReleases, artifactUrls, artifactBundleProjects } = db.tables;
    return db
      .select({ bundleId: artifactUrls.bundleId })
      .from(artifactReleases)
      .innerJoin(artifactUrls, and(eq(artifactUrls.artifactReleaseId, artifactReleases.id), anyOf(artifactUrls.urlKey, param.keys)))
      .innerJoin(
        artifactBundleReleases,
        and(
          eq(artifactBundleReleases.artifactReleaseId, artifactUrls.artifactReleaseId),
          eq(artifactBundleReleases.bundleId, artifactUrls.bundleId),
        ),
      )
      .innerJoin(
        artifactBundleProjects,
        and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, artifactUrls.bundleId)),
      )
      .where(
        and(
          eq(artifactReleases.organizationId, param.organizationId),
          eq(artifactReleases.version, param.version),
          eq(artifactReleases.dist, param.dist),
        ),
      )
      .orderBy(desc(artifactUrls.bundleId))
      .limit(50)
      .prepare();
  },
);

const selectFiles = prepared(
  (db: Reader, param: { idents: readonly string[]; projectId: number; organizationId: number; version: string }) => {
    const { releases, releaseProjects, releaseFiles } = db.tables;
    return db
      .select({ id: releaseFiles.id, name: releaseFiles.name, headers: releaseFiles.headers, archiveId: releaseFiles.archiveId })
      .from(releases)
      .innerJoin(releaseProjects, and(eq(releaseProjects.releaseId, releases.id), eq(releaseProjects.projectId, param.projectId)))
      .innerJoin(releaseFiles, and(eq(releaseFiles.releaseId, releases.id), anyOf(releaseFiles.ident, param.idents)))
      .where(and(eq(releases.organizationId, param.organizationId), eq(releases.version, param.version), isShownFile(db)))
      .prepare();
  },
);

/** The bytes of something that was found for a project, by its id there. Throws 404 for what is not the project's. */
async function openArtifact(db: Reader, context: Context, project: ProjectRow, id: string): Promise<Content> {
  const [kind = "", number = ""] = id.split("/");
  const select = selectByKind[kind];
  if (!select) throw notFound();
  const [blob] = await select(db, { projectId: project.id, id: readId(number) });
  if (!blob) throw notFound();
  return blobContent(context, blob, { filename: `${kind}-${number}`, contentType: null, size: blob.size, tag: blob.sha1 });
}

type Blob = { readonly name: string; readonly size: number; readonly sha1: string };
type Select = (db: Reader, values: { readonly projectId: number; readonly id: number }) => Promise<Blob[]>;

const blobColumns = ({ tables: { blobs } }: Reader) => ({ name: blobs.name, size: blobs.size, sha1: blobs.sha1 });

const selectBundle: Select = prepared((db: Reader, param: { projectId: number; id: number }) => {
  const { artifactBundleProjects, artifactBundles, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(artifactBundleProjects)
    .innerJoin(artifactBundles, eq(artifactBundles.id, artifactBundleProjects.bundleId))
    .innerJoin(blobs, eq(blobs.id, artifactBundles.blobId))
    .where(and(eq(artifactBundleProjects.projectId, param.projectId), eq(artifactBundleProjects.bundleId, param.id)))
    .prepare();
});

const selectFile: Select = prepared((db: Reader, param: { projectId: number; id: number }) => {
  const { releaseProjects, releaseFiles, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(releaseFiles)
    .innerJoin(blobs, eq(blobs.id, releaseFiles.blobId))
    .innerJoin(releaseProjects, and(eq(releaseProjects.releaseId, releaseFiles.releaseId), eq(releaseProjects.projectId, param.projectId)))
    .where(and(eq(releaseFiles.id, param.id), isShownFile(db)))
    .prepare();
});

const selectArchive: Select = prepared((db: Reader, param: { projectId: number; id: number }) => {
  const { releaseProjects, releaseArchives, blobs } = db.tables;
  return db
    .select(blobColumns(db))
    .from(releaseArchives)
    .innerJoin(blobs, eq(blobs.id, releaseArchives.blobId))
    .innerJoin(
      releaseProjects,
      and(eq(releaseProjects.releaseId, releaseArchives.releaseId), eq(releaseProjects.projectId, param.projectId)),
    )
    .where(and(eq(releaseArchives.id, param.id), isShownArchive(db)))
    .prepare();
});

const selectByKind: Readonly<Record<string, Select | undefined>> = Object.assign(Object.create(null), {
  artifact_bundle: selectBundle,
  release_file: selectFile,
  release_archive: selectArchive,
});
