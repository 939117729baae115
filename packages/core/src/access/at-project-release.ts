import type { ProjectRow } from "@landfall/db/rows";
import * as z from "zod";
import { notFound } from "../app-error.ts";
import type { Locator } from "../operation.ts";
import { atProject, ProjectParams } from "./at-project.ts";
import { type AtRelease, openRelease } from "./at-release.ts";

/** The path parameters that name a release through one of its projects. */
export const ProjectReleaseParams = ProjectParams.extend({ version: z.string().describe("The release's version, exactly.") });

export type AtProjectRelease = AtRelease & { readonly project: ProjectRow };

const projectReleaseLocator = (need: "some" | "every"): Locator<z.output<typeof ProjectReleaseParams>, AtProjectRelease> => ({
  params: ProjectReleaseParams,
  async locate(on, { organization, project: name, version }) {
    const { access, project } = await atProject.locate(on, { organization, project: name });
    const found = await openRelease(on.db, access, version, need);
    if (!found.links.some((link) => link.projectId === project.id)) throw notFound();
    return { ...found, project };
  },
});

/** Reading a release through a project it is linked to (contract 5.3). */
export const atProjectRelease = projectReleaseLocator("some");

/** Changing a release through a project it is linked to: the whole release changes, so all of its projects must be within reach. */
export const atWholeProjectRelease = projectReleaseLocator("every");
