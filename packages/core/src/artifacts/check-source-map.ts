import { isBundleProblem } from "@landfall/artifacts/archive/bundle-problem";
import { readWhole } from "@landfall/db/blobs/read-whole";
import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { CheckedMapView } from "@landfall/schema/views/bundle-line";
import { atBundleFile } from "../access/at-artifact-bundle.ts";
import { query } from "../operation.ts";
import { openBundleFile } from "./read-bundle-file.ts";

/** A page waits for the result: larger maps are checked with the command line. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Whether a source map of a bundle has the text of its sources. Reads the whole map, so it requires the right to download it. */
export const checkSourceMap = query({
  scope: REL_READ,
  at: atBundleFile,
  input: NoInput,
  run: async ({ db, at, context }): Promise<CheckedMapView> => {
    const content = await openBundleFile(db, context, at);
    if (content.size > MAX_BYTES) return { problem: "It has more than 32 MiB, too many to check here." };
    try {
      const reader = context.maps.forRequest(at.access.organization.id);
      const reading = await reader.checkSources({ key: content.tag, bytes: () => readWhole(content.read()) });
      if (!reading.isRead) return { problem: reading.problem };
      return { problem: null, sources: reading.sources, withText: reading.withText, without: [...reading.without] };
    } catch (error) {
      if (isBundleProblem(error)) return { problem: error.message };
      throw error;
    }
  },
});
