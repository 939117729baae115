import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { headers } from "next/headers";
import { notFound } from "next/navigation";
import { cache } from "react";
import { failureOf } from "#server/pages/failure.ts";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { decodePathSegment } from "#server/pages/search-params.ts";
import type { EditableRelease } from "./release-menu.tsx";

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

/** What the address of a release's page names. */
type ReleaseUrl = {
  readonly organization: string;
  readonly version: string;
  /** The project whose releases are before and after it; null where none is named. */
  readonly project: string | null;
};

/**
 * Reads the address of a request for a release's page. Next hands the same part of it escaped to a page and plain to what makes its title,
 * and a layout is not told the query; versions may hold any character, so that only the address itself tells which is meant.
 */
export function parseReleaseUrl(address: string): ReleaseUrl {
  const { pathname, searchParams } = new URL(address, "http://landfall.invalid");
  const [, , organization = "", , version = ""] = pathname.split("/");
  return { organization: decodePathSegment(organization), version: decodePathSegment(version), project: searchParams.get("project") };
}

/** What of a release its actions need: no more is sent to the browser. */
export const editableRelease = (organization: string, release: ReleaseSummaryView): EditableRelease => ({
  organization,
  version: release.version,
  isArchived: release.status === "archived",
  ref: release.ref,
  url: release.url,
  owner: release.owner?.email ?? null,
  dateReleased: release.dateReleased,
  mayDelete: release.may.delete,
  projects: release.projects.map(({ slug, name }) => ({ slug, name })),
});
