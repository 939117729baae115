import type { CreateProjectInput } from "@landfall/schema/inputs/project";
import type { ProjectView } from "@landfall/schema/views/organization";
import type { Access } from "../access/organization-access.ts";
import { AppError } from "../app-error.ts";
import { slugOfName } from "../organizations/slug-of-name.ts";
import { describeProject } from "./describe-projects.ts";
import { storeProject } from "./store-project.ts";

/** What both ways of creating a project do (contract 11.5). Throws `conflict` for a slug the organization has already. */
export async function createProjectInTeam(
  on: Parameters<typeof storeProject>[0],
  access: Access,
  teamId: number,
  { name, slug, platform }: CreateProjectInput,
): Promise<ProjectView> {
  const draft = { organizationId: access.organization.id, teamId, name, slug: slug ?? slugOfName(name), platform: platform || null };
  const project = await storeProject(on, draft);
  if (!project) throw new AppError("conflict", "A project with this slug already exists.");
  return describeProject(on.tx, access, project);
}
