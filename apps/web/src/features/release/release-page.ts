import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { notFound } from "next/navigation";
import { cache } from "react";
import { failureOf } from "#server/pages/failure.ts";
import { type OrganizationPage, organizationPage, requestedUrl } from "#server/pages/page-context.ts";
import { parsePath } from "#server/pages/search-params.ts";
import type { EditableRelease } from "./release-menu.tsx";
import { releaseTextFields } from "./release-texts.ts";

/** The data that every page of a release starts from. */
export type ReleasePage = OrganizationPage & {
  readonly release: ReleaseSummaryView;
  /** The `project` parameter of the URL, whether or not the project exists; null without one. */
  readonly projectParam: string | null;
};

/** The organization, version, and project in the URL of this request. */
export const currentReleaseUrl = async (): Promise<ReleaseUrl> => parseReleaseUrl((await requestedUrl()) ?? "/");

/** Like `releasePage`, but null if the release does not exist or is not visible to the viewer. Read once per request. */
export const findReleasePage = cache(async (): Promise<ReleasePage | null> => {
  const { organization, version, project } = await currentReleaseUrl();
  const page = await organizationPage(organization);
  try {
    const release = await page.call.releases.head({ organization: page.organization, version, project: project ?? undefined });
    return { ...page, release, projectParam: project };
  } catch (error) {
    if (["not_found", "forbidden"].includes(failureOf(error).code)) return null;
    throw error;
  }
});

/**
 * Returns the release in this page's URL.
 * @throws Next's not-found if it does not exist or is not visible to the viewer
 */
export const releasePage = async (): Promise<ReleasePage> => (await findReleasePage()) ?? notFound();

/** The parts of the URL of a release's page. */
type ReleaseUrl = {
  readonly organization: string;
  readonly version: string;
  /** The project whose previous and next release are shown; null without the parameter. */
  readonly project: string | null;
};

/**
 * Parses the URL of a release's page. The page parameters of Next cannot be used: it passes the same segment escaped to a page and
 * unescaped to `generateMetadata`, and passes no query to a layout, while a version may contain any character.
 */
export function parseReleaseUrl(url: string): ReleaseUrl {
  const { segments, searchParams } = parsePath(url);
  const [, organization = "", , version = ""] = segments;
  return { organization, version, project: searchParams.get("project") };
}

/** The fields of a release that its actions need. Nothing else is sent to the browser. */
export const editableRelease = (organization: string, release: ReleaseSummaryView): EditableRelease => ({
  organization,
  version: release.version,
  isArchived: release.status === "archived",
  texts: releaseTextFields(release),
  owner: release.owner?.email ?? null,
  dateReleased: release.dateReleased,
  mayDelete: release.may.delete,
  projects: release.projects.map(({ slug, name }) => ({ slug, name })),
});
