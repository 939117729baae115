import { NoInput } from "@landfall/schema/inputs/nothing";
import type { RetentionRunView } from "@landfall/schema/views/retention";
import { actorLabel } from "../access/actor.ts";
import { atProject } from "../access/at-project.ts";
import { mutationWithPreparation } from "../operation.ts";
import { PROJECT_WRITE } from "../projects/project-scopes.ts";
import { describeRuns } from "./describe-runs.ts";
import { recordRunAudit } from "./record-run.ts";
import { runRetention } from "./run-retention.ts";

/**
 * Removes what a project does not keep by its rule, now, and tells what went. It cannot be undone. Throws `conflict` for a project without
 * a rule, and when the rule is changed meanwhile.
 */
export const startRetention = mutationWithPreparation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: NoInput,
  prepare: async ({ at: { project }, actor, context }) => ({
    project,
    run: await runRetention(context, project, { actor: actorLabel(actor) }),
  }),
  run: async (on, { project, run }): Promise<RetentionRunView> => {
    await recordRunAudit(on, project, run);
    const [view] = await describeRuns(on.tx, project.organizationId, [run]);
    if (!view) throw new Error("a run could not be told of");
    return view;
  },
});
