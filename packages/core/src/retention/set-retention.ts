import type { RetentionRuleRow } from "@landfall/db/rows";
import { SetRetentionInput } from "@landfall/schema/inputs/retention";
import type { RetentionView } from "@landfall/schema/views/retention";
import { eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { reachableProjects } from "../access/project-reach.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { mutation } from "../operation.ts";
import { PROJECT_WRITE } from "../projects/project-scopes.ts";
import { describeRule, findRules } from "./find-rules.ts";
import { type RetentionRule } from "./make-judge.ts";
import { findRuleEnvironments } from "./named-environments.ts";
import { parseRule } from "./rule-of.ts";

/**
 * Says how long a project keeps artifacts; without any part it keeps everything. Nothing goes by it before the next night, unless it is run.
 * Throws `invalid` at `environments` for one that does not exist, and for environments alone.
 */
export const setRetention = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: SetRetentionInput,
  run: async (on, input): Promise<RetentionView> => {
    const { tx, at, now } = on;
    const { id: projectId, organizationId, slug } = at.project;
    const rule = parseRule(input);
    if (rule) await findRuleEnvironments(tx, organizationId, rule.environments, await reachableProjects(tx, at.access));
    const before = (await findRules(tx, [projectId])).get(projectId);
    const [was, is] = [auditedRule(before), auditedRule(rule)];
    if (JSON.stringify(was) === JSON.stringify(is)) return describeRule(before);
    const { retentionRules } = tx.tables;
    await tx.delete(retentionRules).where(eq(retentionRules.projectId, projectId));
    const row: RetentionRuleRow | undefined = rule ? { projectId, ...rule, dateChanged: now } : undefined;
    if (row) await tx.insert(retentionRules).values(row);
    await recordAudit(on, { organizationId, action: "retention.update", target: slug, details: { before: was, after: is } });
    return describeRule(row);
  },
});

/** As the audit log tells of it. */
const auditedRule = (rule: RetentionRule | null | undefined): RetentionRule => ({
  keepLast: rule?.keepLast ?? null,
  keepDays: rule?.keepDays ?? null,
  environments: rule?.environments ?? [],
});
