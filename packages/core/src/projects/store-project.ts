import type { ProjectRow } from "@landfall/db/rows";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";

export type ProjectDraft = {
  readonly organizationId: number;
  readonly teamId: number;
  readonly slug: string;
  readonly name: string;
  readonly platform: string | null;
};

/** Stores a new project in its team; undefined when the organization has one of this slug. Writes the audit row. */
export async function storeProject(on: MutationContext, { teamId, ...draft }: ProjectDraft): Promise<ProjectRow | undefined> {
  const { projects, projectTeams } = on.tx.tables;
  const [project] = await on.tx
    .insert(projects)
    .values({ ...draft, dateCreated: on.now })
    .onConflictDoNothing()
    .returning();
  if (!project) return undefined;
  await on.tx.insert(projectTeams).values({ projectId: project.id, teamId });
  await recordAudit(on, {
    organizationId: draft.organizationId,
    action: "project.create",
    target: draft.slug,
    details: { id: project.id, teamId },
  });
  return project;
}
