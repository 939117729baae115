import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { failureOf } from "../../../../../page-data/failure.ts";
import { type OrganizationPage, organizationPage } from "../../../../../page-data/organization-page.ts";
import { parseReleaseUrl, type ReleaseUrl } from "./asked-release.ts";

/** What each page of a release starts from. */
export type ReleasePage = OrganizationPage & {
  readonly release: ReleaseSummaryView;
  /** The project that the address named, whether or not there is one; null for none. */
  readonly named: string | null;
};

/** What the address of this request names. */
export const currentReleaseUrl = async (): Promise<ReleaseUrl> => parseReleaseUrl((await headers()).get("x-page") ?? "/");

/** As `releasePage`, but null for a release that is not there or that the viewer may not see. Read once for each request. */
export const findReleasePage = cache(async (): Promise<ReleasePage | null> => {
  const { organization, version, project } = await currentReleaseUrl();
  const page = await organizationPage(organization);
  try {
    const asked = { organization: page.organization, version, ...(project === null ? {} : { project }) };
    return { ...page, release: await page.call.releases.head(asked), named: project };
  } catch (error) {
    if (["not_found", "forbidden"].includes(failureOf(error).code)) return null;
    throw error;
  }
});

/** The release of this page's address. Throws Next's not-found for one that is not there, or that the viewer may not see. */
export const releasePage = async (): Promise<ReleasePage> => (await findReleasePage()) ?? notFound();
