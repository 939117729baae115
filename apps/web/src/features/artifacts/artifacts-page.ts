import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import type { Viewer } from "#server/pages/running-app.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import type { FileFilter, ReadBundle } from "./bundle-files.tsx";

/** What the address of a page of artifacts asks for. */
export type ArtifactsQuery = {
  readonly query: string;
  /** The bundle whose files are shown, and the project it is looked at in; the first one listed where null. */
  readonly bundle: string | null;
  readonly in: string | null;
  readonly onlyMissing: boolean;
  /** Where the list of files, of bundles, and of the release's own files starts. */
  readonly cursor: string | null;
  readonly bundles: string | null;
  readonly own: string | null;
  /** Whether the panel for a stack trace is open, and the dist it starts with. */
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

/** So many files that lead to no source are named before the list. */
const MISSING_SHOWN = 3;

/** A bundle with a page of its files; null where it is not, or not any more, the project's. */
export async function readBundle(call: Viewer["call"], { query, onlyMissing, cursor, ...named }: BundleQuery): Promise<ReadBundle | null> {
  const read = (more: { readonly cursor?: string; readonly per_page?: number; readonly missing?: boolean; readonly query?: string }) =>
    call.artifacts.browseFiles({ ...named, ...more });
  try {
    const asked = { per_page: 50, ...(query === "" ? {} : { query }), ...(onlyMissing ? { missing: true } : {}) };
    const { bundle, files } = await pageAt(cursor, (at) => read({ ...asked, ...at }));
    const isGap = (bundle.counts?.missing ?? 0) > 0;
    const missing = isGap ? (await read({ missing: true, per_page: MISSING_SHOWN })).files.items : [];
    return { project: named.project, bundle, files, missing };
  } catch (error) {
    if (["invalid", "not_found", "forbidden"].includes(failureOf(error).code)) return null;
    throw error;
  }
}
