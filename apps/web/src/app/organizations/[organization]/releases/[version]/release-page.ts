import { REL_DELETE, REL_WRITE } from "@landfall/schema/scope";
import type { ReleaseView } from "@landfall/schema/views/release";
import { notFound } from "next/navigation";
import { cache } from "react";
import { failureOf } from "../../../../../page-data/failure.ts";
import { type OrganizationPage, organizationPage } from "../../../../../page-data/organization-page.ts";
import { readPart } from "./read-part.ts";

/** The parts of the address of a release's pages. */
export type ReleaseParams = Promise<{ readonly organization: string; readonly version: string }>;

/** What each page of a release starts from. */
export type ReleasePage = OrganizationPage & { readonly release: ReleaseView };

/** As `releasePage`, but null for a release that is not there or that the viewer may not see. Read once for each request. */
export const findReleasePage = cache(async (organization: string, version: string): Promise<ReleasePage | null> => {
  const page = await organizationPage(organization);
  try {
    const release = await page.call.releases.get({ organization: page.organization, version: readPart(version) });
    return { ...page, release };
  } catch (error) {
    if (["not_found", "forbidden"].includes(failureOf(error).code)) return null;
    throw error;
  }
});

/** The release of a page's address. Throws Next's not-found for one that is not there, or that the viewer may not see. */
export async function releasePage(params: ReleaseParams): Promise<ReleasePage> {
  const { organization, version } = await params;
  return (await findReleasePage(organization, version)) ?? notFound();
}

/** The newest deploys of the release, one of each project and environment. Read once for each request. */
export const releaseDeploys = cache(async (organization: string, version: string) => {
  const { call } = await organizationPage(organization);
  return call.deploys.list({ organization: readPart(organization), version: readPart(version), per_page: 100 });
});

/** What deleting the release would take, and whether the viewer may. Read once for each request. */
export const deletionPreview = cache(async (organization: string, version: string) => {
  const { call } = await organizationPage(organization);
  return call.releases.previewDeletion({ organization: readPart(organization), version: readPart(version) });
});

/**
 * Whether the viewer may change the release: their role lets them, and they reach all of its projects. Every role that may change releases
 * may delete them too, so that the answer about the one tells the other.
 */
export const mayChange = ({ can }: OrganizationPage, { canDelete }: { readonly canDelete: boolean }): boolean =>
  can(...REL_WRITE) && (canDelete || !can(...REL_DELETE));
