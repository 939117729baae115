import { anyOf } from "@landfall/db/sql/conditions";
import { prepared } from "@landfall/db/sql/prepared";
import type { Reader } from "@landfall/db/store";
import type { ProjectRow, RetentionRunRow } from "@landfall/db/tables/schema";
import { ListRetentionRunsInput, type RetentionRunView } from "@landfall/schema/artifacts/retention";
import { NoInput } from "@landfall/schema/fields/query";
import { instant } from "@landfall/schema/instant";
import type { Page } from "@landfall/schema/page";
import { REL_READ } from "@landfall/schema/scope";
import { and, asc, desc, eq, gt, lt } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { withinReach } from "../../access/project-reach.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { actorLabel } from "../../kernel/actor.ts";
import { keysetPage, keysetWindow } from "../../kernel/keyset-page.ts";
import { mutationWithPreparation, query } from "../../kernel/operation.ts";
import { describeActors, type MutationContext, recordAudit } from "../../records/audit.ts";
import { briefProject } from "../../records/briefs.ts";
import { requestedProjects } from "../../records/projects.ts";
import { runRetention } from "./run.ts";

/**
 * Applies the retention rule of a project now, and returns what was removed. This cannot be undone. Throws `conflict` for a project without a
 * rule, and if the rule is changed in the meantime.
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
    if (!view) throw new Error("a run could not be described");
    return view;
  },
});

/** Lists the runs of retention rules, the last first, of all projects within reach or of given ones. Throws 403 for a project out of reach. */
export const listRetentionRuns = query({
  scope: REL_READ,
  at: atOrganization,
  input: ListRetentionRunsInput,
  run: async ({ db, at: { access } }, { project, ...page }): Promise<Page<RetentionRunView>> => {
    const window = keysetWindow(page, "descending");
    const reach = await requestedProjects(db, access, project);
    const { retentionRuns } = db.tables;
    const { id, organizationId, projectId } = retentionRuns;
    const rows = await db
      .select()
      .from(retentionRuns)
      .where(
        and(
          eq(organizationId, access.organization.id),
          withinReach(projectId, reach),
          window.backwards ? gt(id, window.key.value) : lt(id, window.key.value),
        ),
      )
      .orderBy(window.backwards ? asc(id) : desc(id))
      .limit(window.limit);
    // Runs are sorted by id.
    const { items, ...links } = keysetPage(window, rows, (row) => ({ value: row.id, id: row.id }));
    return { items: await describeRuns(db, access.organization.id, items), ...links };
  },
});

/** Returns the views of runs. */
async function describeRuns(db: Reader, organizationId: number, rows: readonly RetentionRunRow[]): Promise<RetentionRunView[]> {
  if (rows.length === 0) return [];
  const actors = await describeActors(
    db,
    organizationId,
    rows.map((row) => row.actor),
  );
  const found = await selectProjects(db, { ids: [...new Set(rows.map((row) => row.projectId))] });
  const projects = new Map(found.map((project) => [project.id, briefProject(project)]));
  return rows.flatMap(({ id, projectId, actor, dateStarted, dateFinished, organizationId: _, ...view }) => {
    const [project, actorView] = [projects.get(projectId), actors.get(actor)];
    if (!project || !actorView) return [];
    const dates = { dateStarted: instant(dateStarted), dateFinished: dateFinished && instant(dateFinished) };
    return [{ ...view, id: String(id), project, actor: actorView, ...dates }];
  });
}

const selectProjects = prepared((db: Reader, param: { ids: readonly number[] }) => {
  const { projects } = db.tables;
  return db
    .select({ id: projects.id, slug: projects.slug, name: projects.name })
    .from(projects)
    .where(anyOf(projects.id, param.ids))
    .prepare();
});

/** Records a run in the audit log. */
export async function recordRunAudit(
  on: MutationContext,
  { organizationId, slug }: ProjectRow,
  { bundles, releases, files, bytes }: RetentionRunRow,
): Promise<void> {
  await recordAudit(on, { organizationId, action: "retention.run", target: slug, details: { bundles, releases, files, bytes } });
}
