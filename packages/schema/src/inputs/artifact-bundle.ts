import * as z from "zod";
import { queryFlag, pageParams, queryText } from "./query.ts";

/** Query of a project's artifact bundles (contract 9.5). `sortBy` is read by the list, whose refusal has a form of its own. */
export const ListArtifactBundlesInput = z.object({
  query: queryText().optional().describe("A release, a dist, a bundle's id or a debug id, exactly."),
  sortBy: queryText().optional().describe("date_added or date_modified, with a dash in front for the newest first."),
  ...pageParams,
});

/** Query that deletes a bundle (contract 9.5). */
export const DeleteArtifactBundleInput = z.object({ bundleId: queryText().optional() });

/** Query of a bundle's files (contract 9.6). */
export const ListBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the address, in any case, or a debug id."),
  ...pageParams,
});

/** Query that finds what a stack trace needs: by debug id, or by address, release and dist. With `download` the bytes of what was found. */
export const LookUpArtifactsInput = z.object({
  debug_id: queryText().optional(),
  url: queryText().optional(),
  release: queryText().optional(),
  dist: queryText().optional(),
  download: queryText().optional().describe("The id of something found."),
});

/** Query of older clients' lists of source maps. */
export const ListSourceMapsInput = z.object({ query: queryText().optional(), ...pageParams });
export const DeleteSourceMapsInput = z.object({ name: queryText().optional().describe("The release's version.") });

/** Query of bundles as pages list them, the last uploaded first. */
export const BrowseBundlesInput = z.object({
  query: queryText().optional().describe("A release, a dist, a bundle's id or a debug id, exactly; or a part of a file's name, in any case."),
  ...pageParams,
});

/** Query of a bundle's files as pages list them. */
export const BrowseBundleFilesInput = z.object({
  query: queryText().optional().describe("A part of the name, in any case, or a debug id."),
  missing: queryFlag().optional().describe("Only files no stack trace gets past."),
  ...pageParams,
});
