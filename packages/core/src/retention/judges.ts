import type { ProjectRow, RetentionRuleRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { PolicyOf } from "./going-files.ts";
import { findRules } from "./find-rules.ts";
import { type RetentionPolicy, loadPolicy, type RetentionRule } from "./make-judge.ts";

/** Judges of the projects of one organization, each looked up once. */
export type PolicyCache = {
  readonly judgeOf: PolicyOf;
  /** Those looked up before, for use in a transaction; a project that was not looked up keeps everything. */
  readonly known: PolicyOf;
  /** The rules they judge by. */
  readonly rules: ReadonlyMap<number, RetentionRule & Pick<RetentionRuleRow, "dateChanged">>;
};

/** Judges by the projects' own rules at this moment, but for a project that is given another, or none. */
export function createPolicyCache(
  db: Reader,
  organizationId: number,
  now: Date,
  given?: { readonly projectId: number; readonly rule: RetentionRule | null },
): PolicyCache {
  const judges = new Map<number, RetentionPolicy | null>();
  const rules = new Map<number, RetentionRuleRow>();
  const make = async (projectId: number): Promise<RetentionPolicy | null> => {
    const project: Pick<ProjectRow, "id" | "organizationId"> = { id: projectId, organizationId };
    if (given?.projectId === projectId) return given.rule && loadPolicy(db, project, given.rule, now);
    const rule = (await findRules(db, [projectId])).get(projectId);
    if (!rule) return null;
    rules.set(projectId, rule);
    return loadPolicy(db, project, rule, now);
  };
  return {
    rules,
    known: async (projectId) => judges.get(projectId) ?? null,
    async judgeOf(projectId) {
      const known = judges.get(projectId);
      if (known !== undefined) return known;
      const judge = await make(projectId);
      judges.set(projectId, judge);
      return judge;
    },
  };
}
