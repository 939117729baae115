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

/** How long a project keeps artifacts. */
export const getRetention = query({
  scope: REL_READ,
  at: atProject,
  input: NoInput,
  run: async ({ db, at: { project } }): Promise<RetentionView> => describeRule((await findRules(db, [project.id])).get(project.id)),
});
