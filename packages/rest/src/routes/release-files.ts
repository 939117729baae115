import { deleteProjectReleaseFile, deleteReleaseFile } from "@landfall/core/operations/release-files/delete";
import { listProjectReleaseFiles, listReleaseFiles } from "@landfall/core/operations/release-files/list";
import { type FileOrContent, readProjectReleaseFile, readReleaseFile } from "@landfall/core/operations/release-files/read";
import { renameProjectReleaseFile, renameReleaseFile } from "@landfall/core/operations/release-files/rename";
import { uploadProjectReleaseFile, uploadReleaseFile } from "@landfall/core/operations/release-files/upload";
import { ReleaseFileForm, ReleaseFileView } from "@landfall/schema/artifacts/release-files";
import * as z from "zod";
import { fileResponse, paged, viewOrBytes } from "../http/responses.ts";
import { type RouteResponse, del, type Exchange, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/organizations/:organization/releases/:version/files/";
const PROJECT_LIST = "/projects/:organization/:project/releases/:version/files/";

const list = {
  summary: "List the files of a release",
  responses: { 200: z.array(ReleaseFileView) },
  respond: paged,
  isPaged: true,
  repeatable: ["query", "checksum"],
};

const upload = {
  summary: "Upload a file of a release",
  form: ReleaseFileForm,
  responses: { 201: ReleaseFileView },
  respond: (file: ReleaseFileView): RouteResponse => ({ status: 201, body: file }),
};

const read = {
  summary: "Retrieve a file of a release, or with `download` its bytes",
  responses: viewOrBytes(ReleaseFileView),
  respond: (file: FileOrContent, exchange: Exchange) => ("view" in file ? ok(file.view) : fileResponse(file.content, exchange)),
};

const rename = { summary: "Rename a file of a release", responses: { 200: ReleaseFileView }, respond: ok };
const remove = { summary: "Delete a file of a release", responses: { 204: null }, respond: (): RouteResponse => ({ status: 204 }) };

/** Files of releases (contract 2, rows 13–17, 30, 31). */
export const releaseFileRoutes: readonly Route[] = [
  get(LIST, { operation: listReleaseFiles, ...list }),
  post(LIST, { operation: uploadReleaseFile, ...upload }),
  get(`${LIST}:file/`, { operation: readReleaseFile, ...read }),
  put(`${LIST}:file/`, { operation: renameReleaseFile, ...rename }),
  del(`${LIST}:file/`, { operation: deleteReleaseFile, ...remove }),
  get(PROJECT_LIST, { operation: listProjectReleaseFiles, ...list }),
  post(PROJECT_LIST, { operation: uploadProjectReleaseFile, ...upload }),
  get(`${PROJECT_LIST}:file/`, { operation: readProjectReleaseFile, ...read }),
  put(`${PROJECT_LIST}:file/`, { operation: renameProjectReleaseFile, ...rename }),
  del(`${PROJECT_LIST}:file/`, { operation: deleteProjectReleaseFile, ...remove }),
];
