import { getRetention } from "@landfall/core/retention/get-retention";
import { listRetentionRuns } from "@landfall/core/retention/list-retention-runs";
import { previewRetention } from "@landfall/core/retention/preview-retention";
import { setRetention } from "@landfall/core/retention/set-retention";
import { startRetention } from "@landfall/core/retention/start-retention";
import { mutationOf, queryOf, router } from "../trpc.ts";

/** How long artifacts are kept. */
export const retentionRouter = router({
  get: queryOf(getRetention),
  set: mutationOf(setRetention),
  preview: queryOf(previewRetention),
  run: mutationOf(startRetention),
  runs: queryOf(listRetentionRuns),
});
