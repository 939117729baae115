import { failureOf } from "../../page-data/failure.ts";
import { pageAt } from "../../page-data/page-at.ts";
import type { Viewer } from "../../running-app.ts";
import type { FileFilter, ReadBundle } from "./bundle-files.tsx";

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
