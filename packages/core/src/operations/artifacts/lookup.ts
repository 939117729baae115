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
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import type { Context } from "../../kernel/context.ts";
import { readId } from "../../kernel/input.ts";
import { query } from "../../kernel/operation.ts";
import type { BlobReference } from "../../records/artifacts/blobs.ts";
import { bundleLinks, isLinkOfDist, isUrlOfLink } from "../../records/artifacts/bundle-links.ts";
import { assertCanDownload, blobContent, type Content } from "../../records/artifacts/content.ts";
import { fileIdent, textKey } from "../../records/artifacts/file-keys.ts";
import { isShownArchive, isShownFile } from "../../records/artifacts/release-files.ts";

/** The artifacts that were found, or the content of one of them. */
export type LookUpResult = { readonly found: FoundArtifactView[] } | { readonly content: Content };

/** Finds artifacts of a project for a stack frame by debug id, or by URL, release and dist. With `download`, returns the content of one of them. */
export const lookUpArtifacts = query({
  scope: REL_READ,
  at: atProject,
  input: LookUpArtifactsInput,
  run: async ({ db, at: { access, project }, context }, { download, debug_id: debugId, ...wanted }): Promise<LookUpResult> => {
    if (download !== undefined) {
      assertCanDownload(access.scopes);
      return { content: await openArtifact(db, context, project, download) };
    }
    const url = `${context.origin}/api/0/projects/${access.organization.slug}/${project.slug}/artifact-lookup/`;
    const found = await findArtifacts(db, project, { debugId, ...wanted });
    return { found: found.toSorted(compareFound).map((artifact) => describeFound(artifact, url)) };
  },
});

const compareFound = (a: FoundArtifact, b: FoundArtifact): number => (a.kind === b.kind ? a.id - b.id : a.kind < b.kind ? -1 : 1);

function describeFound(found: FoundArtifact, lookUpUrl: string): FoundArtifactView {
  const id = `${found.kind}/${found.id}`;
  const common = { id, url: `${lookUpUrl}?download=${id}`, resolved_with: found.by };
  return found.kind === "release_file"
    ? { ...common, type: "file", abs_path: found.name, headers: { ...found.headers } }
    : { ...common, type: "bundle" };
}

/** The properties of a stack frame that artifacts are looked up by. */
export type ArtifactLookUp = {
  readonly debugId?: string | undefined;
  readonly url?: string | undefined;
  readonly release?: string | undefined;
  readonly dist?: string | undefined;
};

/** An artifact that may contain the wanted file. Its view has the id `artifact_bundle/12`: the kind and the row id. */
type FoundArtifact =
  | { readonly kind: "artifact_bundle" | "release_archive"; readonly id: number; readonly by: "debug-id" | "index" | "release-old" }
  | {
      readonly kind: "release_file";
      readonly id: number;
      readonly by: "release-old";
      readonly name: string;
      readonly headers: Readonly<Record<string, string>>;
    };

/** Of the bundles that have a URL, only this many of the newest are returned. */
const MAX_BUNDLES = 5;

/**
 * Returns the artifacts that may contain the wanted file: the newest bundle with the debug id, else the newest bundles of the release and dist
 * with the URL, else the release's own files and archives. Each lookup is one statement that reads an index.
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
    const { artifactUrls } = db.tables;
    const links = bundleLinks(db);
    return db
      .select({ bundleId: artifactUrls.bundleId })
      .from(links)
      .innerJoin(artifactUrls, isUrlOfLink(db, links))
      .where(and(isLinkOfDist(links, param), anyOf(artifactUrls.urlKey, param.keys)))
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

/** Returns the content of an artifact by the id of its view. Throws 404 if it is not one of the project's. */
async function openArtifact(db: Reader, context: Context, project: ProjectRow, id: string): Promise<Content> {
  const [kind = "", number = ""] = id.split("/");
  const unknown = notFound(`No artifact with the id ${quoted(id)} in the project ${project.slug}.`);
  const select = selectByKind[kind];
  if (!select) throw unknown;
  const [blob] = await select(db, { projectId: project.id, id: readId(number) });
  if (!blob) throw unknown;
  return blobContent(context, blob, { filename: `${kind}-${number}`, contentType: null, size: blob.size, tag: blob.sha1 });
}

type Blob = BlobReference & { readonly sha1: string };
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
