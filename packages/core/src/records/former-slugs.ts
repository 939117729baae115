import type { OrganizationRow, ProjectRow } from "@landfall/db/tables/schema";
import { and, eq } from "drizzle-orm";
import { invalidField } from "../kernel/app-error.ts";
import type { MutationContext } from "./audit.ts";

/** A slug that becomes a current one, and whether the caller agreed to take it from the object that had it before. */
export type WantedSlug = { readonly slug: string; readonly takeFormerSlug: boolean };

/**
 * Makes a slug available for an organization: removes it from the former slugs of the organization itself (`ownerId`), or of another one if
 * the caller agreed. Throws `invalid` at `slug` for a former slug of another organization otherwise.
 */
export async function claimOrganizationSlug(
  { tx }: Pick<MutationContext, "tx">,
  { slug, takeFormerSlug }: WantedSlug,
  ownerId: number | null,
) {
  const { organizationFormerSlugs: formerSlugs } = tx.tables;
  const [former] = await tx.select().from(formerSlugs).where(eq(formerSlugs.slug, slug));
  if (!former) return;
  if (former.organizationId !== ownerId && !takeFormerSlug) throw slugOfAnother(slug, "organization");
  await tx.delete(formerSlugs).where(eq(formerSlugs.slug, slug));
}

/** Keeps the slug of an organization that gets another one. */
export async function keepOrganizationSlug({ tx, now }: Pick<MutationContext, "tx" | "now">, { id, slug }: OrganizationRow): Promise<void> {
  await tx.insert(tx.tables.organizationFormerSlugs).values({ slug, organizationId: id, dateCreated: now });
}

/** Makes a slug available for a project of the organization, as `claimOrganizationSlug` does for an organization. */
export async function claimProjectSlug(
  { tx }: Pick<MutationContext, "tx">,
  organizationId: number,
  { slug, takeFormerSlug }: WantedSlug,
  ownerId: number | null,
): Promise<void> {
  const { projectFormerSlugs: formerSlugs } = tx.tables;
  const isFormer = and(eq(formerSlugs.organizationId, organizationId), eq(formerSlugs.slug, slug));
  const [former] = await tx.select().from(formerSlugs).where(isFormer);
  if (!former) return;
  if (former.projectId !== ownerId && !takeFormerSlug) throw slugOfAnother(slug, "project");
  await tx.delete(formerSlugs).where(isFormer);
}

/** Keeps the slug of a project that gets another one. */
export async function keepProjectSlug({ tx, now }: Pick<MutationContext, "tx" | "now">, project: ProjectRow): Promise<void> {
  const { id: projectId, organizationId, slug } = project;
  await tx.insert(tx.tables.projectFormerSlugs).values({ organizationId, slug, projectId, dateCreated: now });
}

const slugOfAnother = (slug: string, noun: string) =>
  invalidField(
    "slug",
    `Another ${noun} had the slug "${slug}" before it was renamed, and clients may still use it. Choose another slug, or set takeFormerSlug to take it.`,
  );
