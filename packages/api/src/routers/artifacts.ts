import { deleteArtifactBundle } from "@landfall/core/artifacts/delete-artifact-bundle";
import { getChunkOptions } from "@landfall/core/artifacts/get-chunk-options";
import { listArtifactBundles } from "@landfall/core/artifacts/list-artifact-bundles";
import { listBundleFiles } from "@landfall/core/artifacts/list-bundle-files";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** Artifact bundles of projects. They are uploaded, and their bytes read, over the wire. */
export const artifactsRouter = router({
  uploadOptions: queryOf(getChunkOptions),
  bundles: queryOf(listArtifactBundles),
  bundleFiles: queryOf(listBundleFiles),
  deleteBundle: mutationOf(deleteArtifactBundle),
});
