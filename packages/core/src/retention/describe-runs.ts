import { anyOf } from "@landfall/db/any-of";
import { prepared } from "@landfall/db/prepared";
import type { RetentionRunRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { RetentionRunView } from "@landfall/schema/views/retention";
import { describeActors } from "../audit/describe-actors.ts";

/** Runs as they are told of. */
export async function describeRuns(db: Reader, organizationId: number, rows: readonly RetentionRunRow[]): Promise<RetentionRunView[]> {
  if (rows.length === 0) return [];
  const actors = await describeActors(
    db,
    organizationId,
    rows.map((row) => row.actor),
  );
  const found = await selectProjects(db, { ids: JSON.stringify([...new Set(rows.map((row) => row.projectId))]) });
  const projects = new Map(found.map(({ id, slug, name }) => [id, { id: String(id), slug, name }]));
  return rows.flatMap(({ id, projectId, actor, dateStarted, dateFinished, organizationId: _, ...told }) => {
    const [project, who] = [projects.get(projectId), actors.get(actor)];
    if (!project || !who) return [];
    const dates = { dateStarted: instant(dateStarted), dateFinished: dateFinished && instant(dateFinished) };
    return [{ ...told, id: String(id), project, actor: who, ...dates }];
  });
}

const selectProjects = prepared((db: Reader) => {
  const { projects } = db.tables;
  return db.select({ id: projects.id, slug: projects.slug, name: projects.name }).from(projects).where(anyOf(projects.id, "ids")).prepare();
});
