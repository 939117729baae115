import { isMapProblem } from "@landfall/artifacts/maps/map-problem";
import { parseSourceMap } from "@landfall/artifacts/maps/parse-source-map";
import { mapLimits } from "@landfall/artifacts/maps/map-limits";
import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { readWhole } from "@landfall/db/blobs/read-whole";
import { Nothing } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { CheckedMapView } from "@landfall/schema/views/bundle-line";
import { atBundleFile } from "../access/at-artifact-bundle.ts";
import { query } from "../operation.ts";
import { openBundleFile } from "./read-bundle-file.ts";

/** A page has to wait for it: larger maps are checked with the command line. */
const LIMITS = { ...mapLimits, bytes: 32 * 1024 * 1024 };
const MOST_NAMES = 5;

/** Whether a source map of a bundle has the text of its sources. It is read through, so it is for whoever may download it. */
export const checkSourceMap = query({
  scope: REL_READ,
  at: atBundleFile,
  input: Nothing,
  run: async ({ db, at, context }): Promise<CheckedMapView> => {
    const content = await openBundleFile(db, context.blobs, at);
    if (content.size > LIMITS.bytes) return { problem: "It has more than 32 MiB, too many to check here." };
    try {
      const { sources, contentOf, contentCount } = parseSourceMap(await readWhole(content.read()), LIMITS);
      const without = sources.filter((_, index) => contentOf(index) === null);
      return {
        problem: null,
        sources: sources.length,
        withText: contentCount,
        without: without.slice(0, MOST_NAMES).map((name) => name ?? ""),
      };
    } catch (error) {
      if (isMapProblem(error) || isBundleProblem(error)) return { problem: error.message };
      throw error;
    }
  },
});
