import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { RetentionRuleRow } from "@landfall/db/tables/schema";
import type { RetentionView } from "@landfall/schema/artifacts/retention";
import { instant } from "@landfall/schema/instant";

/** Returns the retention rules of projects by project id; projects without a rule are left out. */
export async function findRules(db: Reader, projectIds: readonly number[]): Promise<ReadonlyMap<number, RetentionRuleRow>> {
  if (projectIds.length === 0) return new Map();
  return new Map((await selectRules(db, { ids: projectIds })).map((rule) => [rule.projectId, rule]));
}

/** Returns the view of a rule. `undefined` means that the project has no rule and keeps all artifacts. */
export const describeRule = (rule: RetentionRuleRow | undefined): RetentionView =>
  rule
    ? { keepLast: rule.keepLast, keepDays: rule.keepDays, environments: rule.environments, dateChanged: instant(rule.dateChanged) }
    : { keepLast: null, keepDays: null, environments: [], dateChanged: null };

const selectRules = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { retentionRules } = db.tables;
  return db.select().from(retentionRules).where(anyOf(retentionRules.projectId, param.ids)).prepare();
});
