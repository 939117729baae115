import { type EnvironmentView, SetEnvironmentHiddenInput } from "@landfall/schema/organizations/projects";
import { and, eq } from "drizzle-orm";
import { atProject } from "../../access/at-project.ts";
import { PROJECT_WRITE } from "../../access/scopes.ts";
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import { mutation } from "../../kernel/operation.ts";
import { recordAudit } from "../../records/audit.ts";
import { describeEnvironment, findEnvironment } from "../../records/environments/environments.ts";

/**
 * Hides an environment of a project or shows it again. Lists include a hidden environment only with `visibility`, the board only if it is
 * given by name. Deploys to a hidden environment are still recorded, and it stays hidden.
 *
 * @throws 404 if the project was never deployed to the environment.
 */
export const setEnvironmentHidden = mutation({
  scope: PROJECT_WRITE,
  at: atProject,
  input: SetEnvironmentHiddenInput,
  run: async (on, { environment: name, isHidden }): Promise<EnvironmentView> => {
    const { organizationId, id, slug } = on.at.project;
    const environment = await findEnvironment(on.tx, organizationId, name);
    const unknown = `No environment ${quoted(name)} in the project ${slug}.`;
    if (!environment) throw notFound(unknown);
    const { environmentProjects } = on.tx.tables;
    const link = and(eq(environmentProjects.projectId, id), eq(environmentProjects.environmentId, environment.id));
    const [before] = await on.tx.select().from(environmentProjects).where(link);
    if (!before) throw notFound(unknown);
    if (before.isHidden !== isHidden) {
      await on.tx.update(environmentProjects).set({ isHidden }).where(link);
      await recordAudit(on, { organizationId, action: "environment.update", target: name, details: { project: slug, isHidden } });
    }
    return describeEnvironment(environment, isHidden);
  },
});
