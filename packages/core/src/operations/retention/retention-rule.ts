import type { RetentionRuleRow } from "@landfall/db/tables/schema";
import { type RetentionView, SetRetentionInput } from "@landfall/schema/artifacts/retention";
import { NoInput } from "@landfall/schema/fields/query";
import { REL_READ } from "@landfall/schema/scope";
import { eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { reachableProjects } from "../../access/project-reach.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { mutation, query } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeRule, findRules } from "../../records/retention-rules.ts";
import { findRuleEnvironments, parseRule, type RetentionRule } from "./retention-policy.ts";

/**
 * Sets the retention rule of a project. A rule without parts keeps everything. The rule is applied in the next night, or when a member runs it.
 * Throws `invalid` at `environments` for an unknown environment, and for environments alone.
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
    const details = { before: auditedRule(before), after: auditedRule(rule) };
    if (JSON.stringify(details.before) === JSON.stringify(details.after)) return describeRule(before);
    const { retentionRules } = tx.tables;
    await tx.delete(retentionRules).where(eq(retentionRules.projectId, projectId));
    const row: RetentionRuleRow | undefined = rule ? { projectId, ...rule, dateChanged: now } : undefined;
    if (row) await tx.insert(retentionRules).values(row);
    await recordAudit(on, { organizationId, action: "retention.update", target: slug, details });
    return describeRule(row);
  },
});

/** The rule in the details of an audit event. */
const auditedRule = (rule: RetentionRule | null | undefined): RetentionRule => ({
  keepLast: rule?.keepLast ?? null,
  keepDays: rule?.keepDays ?? null,
  environments: rule?.environments ?? [],
});

/** Returns the retention rule of a project. */
export const getRetention = query({
  scope: REL_READ,
  at: atProject,
  input: NoInput,
  run: async ({ db, at: { project } }): Promise<RetentionView> => describeRule((await findRules(db, [project.id])).get(project.id)),
});
