import type { ReleaseHeadView } from "@landfall/schema/views/release-head";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { failureOf } from "../../../../../page-data/failure.ts";
import { type OrganizationPage, organizationPage } from "../../../../../page-data/organization-page.ts";
import { readPart } from "./read-part.ts";

/** The parts of the address of a release's pages. */
export type ReleaseParams = Promise<{ readonly organization: string; readonly version: string }>;

/** What each page of a release starts from. */
export type ReleasePage = OrganizationPage & {
  readonly release: ReleaseHeadView;
  /** The project that the address named, whether or not there is one; null for none. */
  readonly named: string | null;
};

/** As `releasePage`, but null for a release that is not there or that the viewer may not see. Read once for each request. */
export const findReleasePage = cache(async (organization: string, version: string): Promise<ReleasePage | null> => {
  const page = await organizationPage(organization);
  // A layout is not told the query of the address, so that it is read from the request.
  const named = new URL((await headers()).get("x-page") ?? "/", "http://landfall.invalid").searchParams.get("project");
  try {
    const asked = { organization: page.organization, version: readPart(version), ...(named === null ? {} : { project: named }) };
    return { ...page, release: await page.call.releases.head(asked), named };
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
