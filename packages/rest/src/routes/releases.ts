import { createDeploy } from "@landfall/core/operations/deploys/create";
import { listDeploys } from "@landfall/core/operations/deploys/list-in-release";
import { createRelease } from "@landfall/core/operations/releases/create";
import { deleteRelease } from "@landfall/core/operations/releases/delete";
import { getPreviousWithCommits, getRelease } from "@landfall/core/operations/releases/get";
import { getReleaseMeta, listResolvedIssues } from "@landfall/core/operations/releases/get-meta";
import { listReleases, listReleaseStats } from "@landfall/core/operations/releases/list";
import { updateRelease } from "@landfall/core/operations/releases/update";
import { DeployView } from "@landfall/schema/releases/deploys";
import { ReleaseMetaView, ReleaseStatView, ReleaseView } from "@landfall/schema/releases/releases";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/organizations/:organization/releases/";
const ONE = `${LIST}:version/`;

/** Releases of an organization (contract 2, rows 1–7, 10, 19). The chart comes first: it shadows a release called `stats`. */
export const releaseRoutes: readonly Route[] = [
  get(`${LIST}stats/`, {
    summary: "Version and date of releases, for charts",
    operation: listReleaseStats,
    responses: { 200: z.array(ReleaseStatView) },
    respond: paged,
    isPaged: true,
  }),
  get(LIST, {
    summary: "List an organization's releases",
    operation: listReleases,
    responses: { 200: z.array(ReleaseView) },
    respond: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Create a release, or report one again",
    operation: createRelease,
    responses: { 201: ReleaseView, 208: ReleaseView },
    respond: ({ release, created }) => ({ status: created ? 201 : 208, body: release }),
  }),
  get(ONE, { summary: "Retrieve a release", operation: getRelease, responses: { 200: ReleaseView }, respond: ok }),
  put(ONE, {
    summary: "Update, finalize or archive a release, and set its commits",
    operation: updateRelease,
    responses: { 200: ReleaseView },
    respond: ok,
  }),
  del(ONE, { summary: "Delete a release", operation: deleteRelease, responses: { 204: null }, respond: () => ({ status: 204 }) }),
  get(`${ONE}meta/`, {
    summary: "The metadata of a release page",
    operation: getReleaseMeta,
    responses: { 200: ReleaseMetaView },
    respond: ok,
  }),
  get(`${ONE}previous-with-commits/`, {
    summary: "The latest earlier release with commits, or {}",
    operation: getPreviousWithCommits,
    responses: { 200: z.union([ReleaseView, z.strictObject({})]) },
    respond: (release) => ok(release ?? {}),
  }),
  get(`${ONE}resolved/`, {
    summary: "The issues a release resolves",
    operation: listResolvedIssues,
    responses: { 200: z.array(z.never()) },
    respond: ok,
  }),
];

const PATH = "/organizations/:organization/releases/:version/deploys/";

/** Deploys of a release (contract 2, rows 11 and 12). */
export const deployRoutes: readonly Route[] = [
  get(PATH, {
    summary: "List the deploys of a release",
    operation: listDeploys,
    responses: { 200: z.array(DeployView) },
    respond: paged,
    isPaged: true,
  }),
  post(PATH, {
    summary: "Record a deploy of a release",
    operation: createDeploy,
    responses: { 201: DeployView },
    respond: (deploy) => ({ status: 201, body: deploy }),
  }),
];
