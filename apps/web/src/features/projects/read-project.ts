import { cache } from "react";
import { organizationPage, orNotFound, redirectToCurrentSlug } from "#server/pages/page-context.ts";
import { decodePathSegment } from "#server/pages/search-params.ts";

/**
 * Returns the project of a URL, whose path segments are given escaped. Read once per request.
 * @throws Next's not-found if it does not exist or is not visible to the viewer
 */
export const readProject = cache(async (slug: string, project: string) => {
  const { call, organization, to } = await organizationPage(slug);
  const requested = decodePathSegment(project);
  const found = await orNotFound(call.projects.get({ organization, project: requested }));
  if (found.slug !== requested) await redirectToCurrentSlug(to.project(requested), to.project(found.slug));
  return found;
});
