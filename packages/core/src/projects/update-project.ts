import type { ProjectRow } from "@landfall/db/rows";
import type { Tx } from "@landfall/db/store";
import { isUniqueViolation } from "@landfall/db/unique-violation";
import { UpdateProjectInput } from "@landfall/schema/inputs/project";
import type { ProjectView } from "@landfall/schema/views/organization";
import { and, eq } from "drizzle-orm";
import { atProject } from "../access/at-project.ts";
import { invalidField } from "../app-error.ts";
import { recordAudit } from "../audit/record-audit.ts";
import { beforeAndAfter, changedFields } from "../changes-of.ts";
import { mutation } from "../operation.ts";
import { describeProject } from "./describe-projects.ts";
import { PROJECT_WRITE } from "./project-scopes.ts";

/** Changes a project's name, slug or platform. Throws `invalid` at `slug` for one that another project has. */
export const updateProject = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: UpdateProjectInput,
  run: async (on, { name, slug, platform }): Promise<ProjectView> => {
    const { access, project } = on.at;
    const changes = changedFields(project, { name, slug, platform: platform === "" ? null : platform });
    if (Object.keys(changes).length === 0) return describeProject(on.tx, access, project);
    const changed = await store(on.tx, project, changes);
    const details = beforeAndAfter(project, changes);
    await recordAudit(on, { organizationId: project.organizationId, action: "project.update", target: project.slug, details });
    return describeProject(on.tx, access, changed);
  },
});

async function store(tx: Tx, { id, organizationId }: ProjectRow, changes: Partial<ProjectRow>): Promise<ProjectRow> {
  const { projects } = tx.tables;
  try {
    const mine = and(eq(projects.id, id), eq(projects.organizationId, organizationId));
    const [changed] = await tx.update(projects).set(changes).where(mine).returning();
    if (!changed) throw new Error("a project was not changed");
    return changed;
  } catch (error) {
    if (isUniqueViolation(error)) throw invalidField("slug", `Another project is already using the slug "${changes.slug}".`);
    throw error;
  }
}
