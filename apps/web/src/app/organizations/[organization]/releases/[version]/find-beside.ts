import type { ProjectMetaView, ReleaseView } from "@landfall/schema/views/release";
import { headers } from "next/headers";
import { failureOf } from "../../../../../page-data/failure.ts";
import type { ReleasePage } from "./release-page.ts";

type Project = ReleaseView["projects"][number];

/** A project of the release, with the releases before and after it there. */
export type Beside = {
  readonly project: Project;
  readonly meta: ProjectMetaView;
  /** What the address named, whether or not there is such a project; null for nothing. */
  readonly named: string | null;
};

/**
 * The releases before and after this one in the project the address names, if the release is in it, else in its first one within the
 * viewer's reach. A layout is not told the query of the address, so that it is read from the request.
 */
export async function findBeside(page: ReleasePage): Promise<Beside | null> {
  const { searchParams } = new URL((await headers()).get("x-page") ?? "/", "http://landfall.invalid");
  const { projects } = page.release;
  const named = searchParams.get("project");
  const first = projects.find(({ slug }) => slug === named) ?? projects[0];
  const found = (first && (await besideIn(page, first))) ?? (await besideWithinReach(page));
  return found && { ...found, named };
}

/** Null for a project that the viewer does not reach. */
async function besideIn(
  { call, organization, release: { version } }: ReleasePage,
  project: Project,
): Promise<Omit<Beside, "named"> | null> {
  try {
    const { currentProjectMeta } = await call.releases.get({ organization, version, project: project.slug, status: "" });
    return { project, meta: currentProjectMeta };
  } catch (error) {
    if (["forbidden", "not_found"].includes(failureOf(error).code)) return null;
    throw error;
  }
}

async function besideWithinReach(page: ReleasePage): Promise<Omit<Beside, "named"> | null> {
  const { items } = await page.call.projects.list({ organization: page.organization, per_page: 100 });
  const reached = new Set(items.map(({ slug }) => slug));
  const project = page.release.projects.find(({ slug }) => reached.has(slug));
  return project ? besideIn(page, project) : null;
}
