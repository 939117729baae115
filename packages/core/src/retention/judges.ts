import type { ProjectRow, RetentionRuleRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import type { JudgeOf } from "./going-files.ts";
import { findRules } from "./find-rules.ts";
import { type Judge, makeJudge, type Rule } from "./make-judge.ts";

/** Judges of the projects of one organization, each looked up once. */
export type Judges = {
  readonly judgeOf: JudgeOf;
  /** Those looked up before, for use in a transaction; a project that was not looked up keeps everything. */
  readonly known: JudgeOf;
  /** The rules they judge by. */
  readonly rules: ReadonlyMap<number, Rule & Pick<RetentionRuleRow, "dateChanged">>;
};

/** Judges by the projects' own rules at this moment, but for a project that is given another, or none. */
export function createJudges(
  db: Reader,
  organizationId: number,
  now: Date,
  given?: { readonly projectId: number; readonly rule: Rule | null },
): Judges {
  const judges = new Map<number, Judge | null>();
  const rules = new Map<number, RetentionRuleRow>();
  const make = async (projectId: number): Promise<Judge | null> => {
    const project: Pick<ProjectRow, "id" | "organizationId"> = { id: projectId, organizationId };
    if (given?.projectId === projectId) return given.rule && makeJudge(db, project, given.rule, now);
    const rule = (await findRules(db, [projectId])).get(projectId);
    if (!rule) return null;
    rules.set(projectId, rule);
    return makeJudge(db, project, rule, now);
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
