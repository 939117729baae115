import { deleteArtifactBundle } from "@landfall/core/operations/artifacts/delete-bundle";
import { listBundleFiles } from "@landfall/core/operations/artifacts/list-bundle-files";
import { listArtifactBundles } from "@landfall/core/operations/artifacts/list-bundles";
import { lookUpArtifacts } from "@landfall/core/operations/artifacts/lookup";
import { readBundleFile } from "@landfall/core/operations/artifacts/read-bundle-file";
import { deleteSourceMaps, listSourceMaps } from "@landfall/core/operations/release-files/legacy-source-maps";
import {
  ArtifactBundleFilesView,
  ArtifactBundleView,
  FoundArtifactView,
  SourceMapArchiveView,
} from "@landfall/schema/artifacts/artifact-bundles";
import * as z from "zod";
import { BYTES, fileResponse, paged, viewOrBytes } from "../http/responses.ts";
import { del, get, ok, type Route } from "../http/route.ts";

const PROJECT = "/projects/:organization/:project/";
const BUNDLE = `${PROJECT}artifact-bundles/:bundle/files/`;
const noContent = { responses: { 204: null }, respond: () => ({ status: 204 }) };

/** Artifact bundles, their files, and the lookup of files (contract 2, rows 35–37). */
export const artifactBundleRoutes: readonly Route[] = [
  get(`${PROJECT}files/artifact-bundles/`, {
    summary: "List the artifact bundles of a project",
    operation: listArtifactBundles,
    responses: { 200: z.array(ArtifactBundleView) },
    respond: paged,
    isPaged: true,
  }),
  del(`${PROJECT}files/artifact-bundles/`, {
    summary: "Delete an artifact bundle of a project",
    operation: deleteArtifactBundle,
    ...noContent,
  }),
  get(`${PROJECT}files/source-maps/`, {
    summary: "List the releases of a project that have files of their own",
    operation: listSourceMaps,
    responses: { 200: z.array(SourceMapArchiveView) },
    respond: paged,
    isPaged: true,
  }),
  del(`${PROJECT}files/source-maps/`, { summary: "Delete every file of a release", operation: deleteSourceMaps, ...noContent }),
  get(BUNDLE, {
    summary: "List the files of an artifact bundle",
    operation: listBundleFiles,
    responses: { 200: ArtifactBundleFilesView },
    respond: ({ bundle, files }, exchange) => ({ ...paged(files, exchange), body: { ...bundle, files: files.items } }),
    isPaged: true,
  }),
  get(`${BUNDLE}:file/`, {
    summary: "Download a file of an artifact bundle",
    operation: readBundleFile,
    responses: { 200: "bytes", ...BYTES },
    respond: fileResponse,
  }),
  get(`${PROJECT}artifact-lookup/`, {
    summary: "Look up the files for a stack trace, or with `download` fetch one",
    operation: lookUpArtifacts,
    responses: viewOrBytes(z.array(FoundArtifactView)),
    respond: (result, exchange) => ("found" in result ? ok(result.found) : fileResponse(result.content, exchange)),
  }),
];
