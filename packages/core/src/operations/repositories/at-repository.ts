import type { RepositoryRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import * as z from "zod";
import { type Access, openOrganization, OrganizationParams } from "../../access/organization-access.ts";
import { preparedWithinReach, reachableProjects, repositoryWithinReach } from "../../access/project-reach.ts";
import { quoted } from "../../access/unknown-names.ts";
import { notFound } from "../../kernel/app-error.ts";
import { readId } from "../../kernel/input.ts";
import type { Locator } from "../../kernel/operation.ts";

/** The path parameters of a repository of an organization. */
export const RepositoryParams = OrganizationParams.extend({ repository: z.string().describe("The repository's id.") });

export type AtRepository = { readonly access: Access; readonly repository: RepositoryRow };

/**
 * Locates one repository of any status.
 *
 * @throws 404 if the organization has no repository with this id within the caller's reach.
 */
export const atRepository: Locator<z.output<typeof RepositoryParams>, AtRepository> = {
  params: RepositoryParams,
  async locate({ db, actor, scope }, { organization, repository: id }) {
    const access = await openOrganization(db, actor, organization, scope);
    const [repository] = await findById(db, await reachableProjects(db, access), {
      organizationId: access.organization.id,
      id: readId(id),
    });
    if (!repository) throw notFound(`No repository with the id ${quoted(id)} in ${access.organization.slug}.`);
    return { access, repository };
  },
};

const findById = preparedWithinReach((db, reach, param: { organizationId: number; id: number }) => {
  const { repositories } = db.tables;
  const ofOrganization = eq(repositories.organizationId, param.organizationId);
  return db
    .select()
    .from(repositories)
    .where(and(ofOrganization, eq(repositories.id, param.id), repositoryWithinReach(db, reach)))
    .prepare();
});
