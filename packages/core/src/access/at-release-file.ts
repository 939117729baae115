import * as z from "zod";
import type { Locator } from "../operation.ts";
import { atProjectRelease, atWholeProjectRelease, ProjectReleaseParams } from "./at-project-release.ts";
import { type AtRelease, atRelease, atWholeRelease, ReleaseParams } from "./at-release.ts";

/** A release, and the id of one of its files as it was asked for; whether there is such a file is for the operation to find. */
export type AtReleaseFile = AtRelease & { readonly file: string };

const file = z.string().describe("The file's id.");
const ReleaseFileParams = ReleaseParams.extend({ file });
const ProjectReleaseFileParams = ProjectReleaseParams.extend({ file });

const withFile = <P extends { readonly file: string }, L extends AtRelease>(
  params: z.ZodType<P, P>,
  at: Locator<Omit<P, "file">, L>,
): Locator<P, L & AtReleaseFile> => ({
  params,
  async locate(on, { file: id, ...names }) {
    return { ...(await at.locate(on, names)), file: id };
  },
});

/** Reading a file of a release, some project of which is within reach. */
export const atReleaseFile = withFile(ReleaseFileParams, atRelease);

/** Changing one: every project of the release must be within reach. */
export const atWholeReleaseFile = withFile(ReleaseFileParams, atWholeRelease);

/** The same through one of the release's projects. */
export const atProjectReleaseFile = withFile(ProjectReleaseFileParams, atProjectRelease);
export const atWholeProjectReleaseFile = withFile(ProjectReleaseFileParams, atWholeProjectRelease);
