import { deleteArtifactBundle } from "@landfall/core/operations/artifacts/delete-bundle";
import { listBundleFiles } from "@landfall/core/operations/artifacts/list-bundle-files";
import { listArtifactBundles } from "@landfall/core/operations/artifacts/list-bundles";
import { lookUpArtifacts } from "@landfall/core/operations/artifacts/look-up";
import { readBundleFile } from "@landfall/core/operations/artifacts/read-bundle-file";
import { deleteSourceMaps, listSourceMaps } from "@landfall/core/operations/release-files/legacy-source-maps";
import {
  ArtifactBundleFilesView,
  ArtifactBundleView,
  FoundArtifactView,
  SourceMapArchiveView,
} from "@landfall/schema/artifacts/artifact-bundles";
import * as z from "zod";
import { BYTES, fileAnswer, paged, viewOrBytes } from "../http/answers.ts";
import { del, get, ok, type Route } from "../http/route.ts";

const PROJECT = "/projects/:organization/:project/";
const BUNDLE = `${PROJECT}artifact-bundles/:bundle/files/`;
const noContent = { answers: { 204: null }, answer: () => ({ status: 204 }) };

/** Artifact bundles, what is in them, and how they are found (contract 2, rows 35–37). */
export const artifactBundleRoutes: readonly Route[] = [
  get(`${PROJECT}files/artifact-bundles/`, {
    summary: "List the artifact bundles of a project",
    operation: listArtifactBundles,
    answers: { 200: z.array(ArtifactBundleView) },
    answer: paged,
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
    answers: { 200: z.array(SourceMapArchiveView) },
    answer: paged,
    isPaged: true,
  }),
  del(`${PROJECT}files/source-maps/`, { summary: "Delete every file of a release", operation: deleteSourceMaps, ...noContent }),
  get(BUNDLE, {
    summary: "List the files of an artifact bundle",
    operation: listBundleFiles,
    answers: { 200: ArtifactBundleFilesView },
    answer: ({ bundle, files }, exchange) => ({ ...paged(files, exchange), body: { ...bundle, files: files.items } }),
    isPaged: true,
  }),
  get(`${BUNDLE}:file/`, {
    summary: "Download a file of an artifact bundle",
    operation: readBundleFile,
    answers: { 200: "bytes", ...BYTES },
    answer: fileAnswer,
  }),
  get(`${PROJECT}artifact-lookup/`, {
    summary: "Find what a stack trace needs, or with `download` fetch what was found",
    operation: lookUpArtifacts,
    answers: viewOrBytes(z.array(FoundArtifactView)),
    answer: (looked, exchange) => ("found" in looked ? ok(looked.found) : fileAnswer(looked.content, exchange)),
  }),
];
