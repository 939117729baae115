import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import type { FileFilter, ReadBundle } from "./bundle-files.tsx";

/** The query parameters of a page of artifacts. */
export type ArtifactsQuery = {
  readonly query: string;
  /** The bundle whose files are shown, and its project; null for the first bundle of the list. */
  readonly bundle: string | null;
  readonly in: string | null;
  readonly onlyMissing: boolean;
  /** The cursors of the lists of files, bundles, and the release's own files. */
  readonly cursor: string | null;
  readonly bundles: string | null;
  readonly own: string | null;
  /** Whether the stack trace panel is open, and its initial dist. */
  readonly isStackOpen: boolean;
  readonly dist: string | null;
};

export const readArtifactsQuery = (params: SearchParams): ArtifactsQuery => ({
  query: (textParam(params, "q") ?? "").trim(),
  bundle: textParam(params, "bundle"),
  in: textParam(params, "in"),
  onlyMissing: textParam(params, "missing") === "1",
  cursor: textParam(params, "cursor"),
  bundles: textParam(params, "bundles"),
  own: textParam(params, "own"),
  isStackOpen: textParam(params, "panel") === "stack",
  dist: textParam(params, "dist"),
});

type BundleQuery = FileFilter & {
  readonly organization: string;
  readonly project: string;
  readonly bundle: string;
  readonly cursor: string | null;
};

/** How many files that cannot be resolved are listed in the warning. */
const MAX_MISSING = 3;

/** Reads a bundle with a page of its files; null if the project does not have it. */
export async function readBundle(
  call: Viewer["call"],
  { query, onlyMissing, cursor, ...locator }: BundleQuery,
): Promise<ReadBundle | null> {
  const read = (more: { readonly cursor?: string; readonly per_page?: number; readonly missing?: boolean; readonly query?: string }) =>
    call.artifacts.browseFiles({ ...locator, ...more });
  try {
    const filter = { per_page: 50, query: query || undefined, missing: onlyMissing || undefined };
    const { bundle, files } = await pageAt(cursor, (at) => read({ ...filter, ...at }));
    const hasMissing = (bundle.counts?.missing ?? 0) > 0;
    const missing = hasMissing ? (await read({ missing: true, per_page: MAX_MISSING })).files.items : [];
    return { project: locator.project, bundle, files, missing };
  } catch (error) {
    if (["invalid", "not_found", "forbidden"].includes(failureOf(error).code)) return null;
    throw error;
  }
}
