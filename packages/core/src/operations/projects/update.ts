import type { Tx } from "@landfall/db/store";
import type { ProjectRow } from "@landfall/db/tables/schema";
import { type ProjectView, UpdateProjectInput } from "@landfall/schema/organizations/projects";
import { and, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { invalidField } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { unlessTaken } from "../../kernel/unique.ts";
import { claimProjectSlug, keepProjectSlug } from "../../records/former-slugs.ts";
import { beforeAndAfter, changedFields, recordAudit } from "../../records/audit.ts";
import { describeProject } from "./describe.ts";

/**
 * Changes the name, slug, or platform of a project.
 *
 * @throws `invalid` at `slug` if another project has it.
 */
export const updateProject = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: UpdateProjectInput,
  run: async (on, { name, slug, platform, takeFormerSlug = false }): Promise<ProjectView> => {
    const { access, project } = on.at;
    const changes = changedFields(project, { name, slug, platform: platform === "" ? null : platform });
    if (Object.keys(changes).length === 0) return describeProject(on.tx, access, project);
    if (changes.slug !== undefined) await claimProjectSlug(on, project.organizationId, { slug: changes.slug, takeFormerSlug }, project.id);
    const changed = await store(on.tx, project, changes);
    if (changes.slug !== undefined) await keepProjectSlug(on, project);
    const details = beforeAndAfter(project, changes);
    await recordAudit(on, { organizationId: project.organizationId, action: "project.update", target: project.slug, details });
    return describeProject(on.tx, access, changed);
  },
});

async function store(tx: Tx, { id, organizationId }: ProjectRow, changes: Partial<ProjectRow>): Promise<ProjectRow> {
  const { projects } = tx.tables;
  const isProject = and(eq(projects.id, id), eq(projects.organizationId, organizationId));
  const [changed] = await unlessTaken(tx.update(projects).set(changes).where(isProject).returning(), () =>
    invalidField("slug", `Another project is already using the slug "${changes.slug}".`),
  );
  if (!changed) throw new Error("the project was not updated");
  return changed;
}
