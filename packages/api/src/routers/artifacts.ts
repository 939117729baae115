import { browseBundleFiles } from "@landfall/core/artifacts/browse-bundle-files";
import { browseBundles } from "@landfall/core/artifacts/browse-bundles";
import { browseReleaseBundles } from "@landfall/core/artifacts/browse-release-bundles";
import { checkSourceMap } from "@landfall/core/artifacts/check-source-map";
import { deleteArtifactBundle } from "@landfall/core/artifacts/delete-artifact-bundle";
import { describeReleaseArtifacts } from "@landfall/core/artifacts/describe-release-artifacts";
import { getChunkOptions } from "@landfall/core/artifacts/get-chunk-options";
import { getStorage } from "@landfall/core/artifacts/get-storage";
import { listArtifactBundles } from "@landfall/core/artifacts/list-artifact-bundles";
import { listBundleFiles } from "@landfall/core/artifacts/list-bundle-files";
import { previewBundleDeletion } from "@landfall/core/artifacts/preview-bundle-deletion";
import { explainFrame } from "@landfall/core/source-maps/explain-frame";
import { resolveStack } from "@landfall/core/source-maps/resolve-stack";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** Artifact bundles of projects, and stack traces resolved with them. They are uploaded, and their bytes read, over the wire. */
export const artifactsRouter = router({
  uploadOptions: queryOf(getChunkOptions),
  bundles: queryOf(listArtifactBundles),
  bundleFiles: queryOf(listBundleFiles),
  browse: queryOf(browseBundles),
  browseFiles: queryOf(browseBundleFiles),
  checkMap: queryOf(checkSourceMap),
  ofRelease: queryOf(describeReleaseArtifacts),
  browseOfRelease: queryOf(browseReleaseBundles),
  previewDeletion: queryOf(previewBundleDeletion),
  deleteBundle: mutationOf(deleteArtifactBundle),
  resolveStack: queryOf(resolveStack),
  explainFrame: queryOf(explainFrame),
  storage: queryOf(getStorage),
});
