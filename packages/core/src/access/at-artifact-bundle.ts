import * as z from "zod";
import type { Locator } from "../operation.ts";
import { type AtProject, atProject, ProjectParams } from "./at-project.ts";

const BundleParams = ProjectParams.extend({ bundle: z.string().describe("The bundle's id.") });
const BundleFileParams = BundleParams.extend({ file: z.string().describe("The file's id.") });

/** A project, and the id of one of its bundles as it was asked for; whether there is one is for the operation to find. */
export const atArtifactBundle: Locator<z.output<typeof BundleParams>, AtProject & { readonly bundle: string }> = {
  params: BundleParams,
  locate: async (on, { bundle, ...names }) => ({ ...(await atProject.locate(on, names)), bundle }),
};

/** The same with the id of one of the bundle's files. */
export const atBundleFile: Locator<z.output<typeof BundleFileParams>, AtProject & { readonly bundle: string; readonly file: string }> = {
  params: BundleFileParams,
  locate: async (on, { bundle, file, ...names }) => ({ ...(await atProject.locate(on, names)), bundle, file }),
};
