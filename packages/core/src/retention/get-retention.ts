import { NoInput } from "@landfall/schema/inputs/nothing";
import { REL_READ } from "@landfall/schema/scope";
import type { RetentionView } from "@landfall/schema/views/retention";
import { atProject } from "../access/at-project.ts";
import { query } from "../operation.ts";
import { describeRule, findRules } from "./find-rules.ts";

/** How long a project keeps artifacts. */
export const getRetention = query({
  scope: REL_READ,
  at: atProject,
  input: NoInput,
  run: async ({ db, at: { project } }): Promise<RetentionView> => describeRule((await findRules(db, [project.id])).get(project.id)),
});
