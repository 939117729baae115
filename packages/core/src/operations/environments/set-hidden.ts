import { type EnvironmentView, SetEnvironmentHiddenInput } from "@landfall/schema/organizations/projects";
import { and, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { notFound } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeEnvironment, findEnvironment } from "../../records/environments/environments.ts";

/**
 * Puts an environment of a project out of sight, or back: lists show it only when asked for hidden ones, the board only when it is named.
 * Deploys to it are recorded as ever and do not bring it back. Throws 404 for an environment the project was never deployed to.
 */
export const setEnvironmentHidden = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: SetEnvironmentHiddenInput,
  run: async (on, { environment: name, isHidden }): Promise<EnvironmentView> => {
    const { organizationId, id, slug } = on.at.project;
    const environment = await findEnvironment(on.tx, organizationId, name);
    if (!environment) throw notFound();
    const { environmentProjects } = on.tx.tables;
    const link = and(eq(environmentProjects.projectId, id), eq(environmentProjects.environmentId, environment.id));
    const [before] = await on.tx.select().from(environmentProjects).where(link);
    if (!before) throw notFound();
    if (before.isHidden !== isHidden) {
      await on.tx.update(environmentProjects).set({ isHidden }).where(link);
      await recordAudit(on, { organizationId, action: "environment.update", target: name, details: { project: slug, isHidden } });
    }
    return describeEnvironment(environment, isHidden);
  },
});
