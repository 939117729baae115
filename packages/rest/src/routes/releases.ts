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
import { paged } from "../http/answers.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/organizations/:organization/releases/";
const ONE = `${LIST}:version/`;

/** Releases of an organization (contract 2, rows 1–7, 10, 19). The chart comes first: it shadows a release called `stats`. */
export const releaseRoutes: readonly Route[] = [
  get(`${LIST}stats/`, {
    summary: "Version and date of releases, for charts",
    operation: listReleaseStats,
    answers: { 200: z.array(ReleaseStatView) },
    answer: paged,
    isPaged: true,
  }),
  get(LIST, {
    summary: "List an organization's releases",
    operation: listReleases,
    answers: { 200: z.array(ReleaseView) },
    answer: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Create a release, or report one again",
    operation: createRelease,
    answers: { 201: ReleaseView, 208: ReleaseView },
    answer: ({ release, created }) => ({ status: created ? 201 : 208, body: release }),
  }),
  get(ONE, { summary: "Retrieve a release", operation: getRelease, answers: { 200: ReleaseView }, answer: ok }),
  put(ONE, {
    summary: "Update, finalize or archive a release, and set its commits",
    operation: updateRelease,
    answers: { 200: ReleaseView },
    answer: ok,
  }),
  del(ONE, { summary: "Delete a release", operation: deleteRelease, answers: { 204: null }, answer: () => ({ status: 204 }) }),
  get(`${ONE}meta/`, {
    summary: "What the page of a release needs",
    operation: getReleaseMeta,
    answers: { 200: ReleaseMetaView },
    answer: ok,
  }),
  get(`${ONE}previous-with-commits/`, {
    summary: "The latest earlier release with commits, or {}",
    operation: getPreviousWithCommits,
    answers: { 200: z.union([ReleaseView, z.strictObject({})]) },
    answer: (release) => ok(release ?? {}),
  }),
  get(`${ONE}resolved/`, {
    summary: "The issues a release resolves",
    operation: listResolvedIssues,
    answers: { 200: z.array(z.never()) },
    answer: ok,
  }),
];

const PATH = "/organizations/:organization/releases/:version/deploys/";

/** Deploys of a release (contract 2, rows 11 and 12). */
export const deployRoutes: readonly Route[] = [
  get(PATH, {
    summary: "List the deploys of a release",
    operation: listDeploys,
    answers: { 200: z.array(DeployView) },
    answer: paged,
    isPaged: true,
  }),
  post(PATH, {
    summary: "Record a deploy of a release",
    operation: createDeploy,
    answers: { 201: DeployView },
    answer: (deploy) => ({ status: 201, body: deploy }),
  }),
];
