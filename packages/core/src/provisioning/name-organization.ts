import type { OrganizationRow } from "@landfall/db/rows";
import { isUniqueViolation } from "@landfall/db/unique-violation";
import { asc, eq } from "drizzle-orm";
import { invalidField } from "../app-error.ts";
import { type MutationContext, recordAudit } from "../audit/record-audit.ts";
import { changedFields } from "../changes-of.ts";
import { revokeTokens } from "../tokens/revoke-tokens.ts";
import { hasNoReleases } from "./is-unused.ts";

/** What the newcomer calls the organization and its first project; what is undefined stays as it is. */
export type NewNames = {
  readonly organizationName?: string | undefined;
  readonly organizationSlug?: string | undefined;
  readonly projectSlug?: string | undefined;
};

/**
 * Names an organization that nothing was reported to yet, and its first project. A new slug ends the organization's tokens, which name
 * the old one to their clients. Throws `invalid` at the field for a slug that is taken, or when releases were reported already.
 */
export async function nameOrganization(on: MutationContext, organization: OrganizationRow, names: NewNames): Promise<void> {
  const changes = changedFields(organization, { name: names.organizationName, slug: names.organizationSlug });
  const project = await firstProject(on, organization.id);
  const projectSlug = project?.slug === names.projectSlug ? undefined : names.projectSlug;
  if (Object.keys(changes).length === 0 && projectSlug === undefined) return;
  if (!(await hasNoReleases(on.tx, organization.id))) {
    throw invalidField("organizationSlug", "Releases were reported to this organization already; change its names in the settings.");
  }
  const { organizations, projects } = on.tx.tables;
  if (Object.keys(changes).length > 0) {
    await orSlugTaken("organizationSlug", () => on.tx.update(organizations).set(changes).where(eq(organizations.id, organization.id)));
    const { id: organizationId, slug: target } = organization;
    await recordAudit(on, { organizationId, action: "organization.update", target, details: changes });
  }
  if (changes.slug !== undefined) await revokeTokens(on, eq(on.tx.tables.tokens.organizationId, organization.id));
  if (project && projectSlug !== undefined) {
    const change = { slug: projectSlug, ...(project.name === project.slug ? { name: projectSlug } : {}) };
    await orSlugTaken("projectSlug", () => on.tx.update(projects).set(change).where(eq(projects.id, project.id)));
    await recordAudit(on, { organizationId: organization.id, action: "project.update", target: project.slug, details: change });
  }
}

async function orSlugTaken(field: string, store: () => PromiseLike<unknown>): Promise<void> {
  try {
    await store();
  } catch (error) {
    if (isUniqueViolation(error)) throw invalidField(field, "This slug is already in use.");
    throw error;
  }
}

async function firstProject({ tx }: MutationContext, organizationId: number) {
  const { projects } = tx.tables;
  const [project] = await tx.select().from(projects).where(eq(projects.organizationId, organizationId)).orderBy(asc(projects.id)).limit(1);
  return project;
}
