import { contentId } from "../debug-ids/content-id.ts";
import type { NewBundle, NewBundleFile } from "./new-bundle.ts";

export interface ManifestPart {
  /** Its entry in the archive. */
  readonly path: string;
  readonly file: Pick<NewBundleFile, "url" | "type" | "debugId" | "mapReference">;
  /** A hash of what it holds. */
  readonly digest: string;
}

/**
 * The `manifest.json` of a bundle, and the id it gives the bundle: made of everything in it, so that the same files for the same release are
 * the same bundle.
 */
export function makeManifest(about: NewBundle, parts: readonly ManifestPart[]): { readonly bundleId: string; readonly text: string } {
  const { organization, projects, release, dist } = about;
  const [project] = projects.length === 1 ? projects : [];
  const facts = {
    org: organization,
    ...(project === undefined ? {} : { project }),
    ...(release === null ? {} : { release }),
    ...(dist === null ? {} : { dist }),
    files: Object.fromEntries(parts.map(({ path, file }) => [path, describeFile(file)])),
  };
  const bundleId = contentId("bundle", JSON.stringify([facts, projects]), ...parts.map(({ digest }) => digest));
  return { bundleId, text: JSON.stringify({ debug_id: bundleId, ...facts }) };
}

const describeFile = ({ type, url, debugId, mapReference }: ManifestPart["file"]) => ({
  type,
  url,
  headers: { ...(debugId === null ? {} : { "debug-id": debugId }), ...(mapReference === null ? {} : { sourcemap: mapReference }) },
});
