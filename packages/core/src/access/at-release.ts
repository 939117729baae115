import type { ReleaseRow } from "@landfall/db/rows";
import type { Reader } from "@landfall/db/store";
import * as z from "zod";
import { notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { findLinks, findRelease, type ReleaseLink } from "../releases/find-release.ts";
import { OrganizationParams } from "./at-organization.ts";
import { type Access, openOrganization } from "./organization-access.ts";
import { reachableProjects, reaches } from "./project-reach.ts";

/** The path parameters that name a release of an organization. */
export const ReleaseParams = OrganizationParams.extend({ version: z.string().describe("The release's version, exactly.") });

export type AtRelease = { readonly access: Access; readonly release: ReleaseRow; readonly links: readonly ReleaseLink[] };

type Need = "some" | "every";

/**
 * The release `version` with its projects. 404 when it is unknown, has no project at all, or when the caller may not reach
 * some / every project of it (contract 4.1, 4.2).
 */
export async function openRelease(db: Reader, access: Access, version: string, need: Need): Promise<AtRelease> {
  const release = await findRelease(db, access.organization.id, version);
  if (!release) throw notFound();
  const links = await findLinks(db, release.id);
  const reach = await reachableProjects(db, access);
  const reached = links.filter((link) => reaches(reach, link.projectId)).length;
  if (reached === 0 || (need === "every" && reached < links.length)) throw notFound();
  return { access, release, links };
}

const releaseLocator = (need: Need): Locator<z.output<typeof ReleaseParams>, AtRelease> => ({
  params: ReleaseParams,
  locate: async ({ db, actor, scope }, { organization, version }) =>
    openRelease(db, await openOrganization(db, actor, organization, scope), version, need),
});

/** Reading a release: one of its projects must be within reach. */
export const atRelease = releaseLocator("some");

/** Changing a release: all of its projects must be within reach. */
export const atWholeRelease = releaseLocator("every");
