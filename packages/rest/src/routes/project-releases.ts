import { createProjectRelease } from "@landfall/core/operations/releases/create";
import { deleteProjectRelease } from "@landfall/core/operations/releases/delete";
import { getProjectRelease } from "@landfall/core/operations/releases/get";
import { getReleaseStats, listProjectResolvedIssues } from "@landfall/core/operations/releases/get-meta";
import { listProjectReleases } from "@landfall/core/operations/releases/list-in-project";
import { updateProjectRelease } from "@landfall/core/operations/releases/update";
import { ReleaseView } from "@landfall/schema/releases/releases";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const LIST = "/projects/:organization/:project/releases/";
const ONE = `${LIST}:version/`;

/** Releases through one of their projects (contract 2, rows 23–25, 28, 29). */
export const projectReleaseRoutes: readonly Route[] = [
  get(LIST, {
    summary: "List a project's releases",
    operation: listProjectReleases,
    responses: { 200: z.array(ReleaseView) },
    respond: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Create a release of one project, or report it again",
    operation: createProjectRelease,
    responses: { 201: ReleaseView, 208: ReleaseView },
    respond: ({ release, created }) => ({ status: created ? 201 : 208, body: release }),
  }),
  get(ONE, { summary: "Retrieve a release of a project", operation: getProjectRelease, responses: { 200: ReleaseView }, respond: ok }),
  put(ONE, {
    summary: "Update a release of a project",
    operation: updateProjectRelease,
    responses: { 200: ReleaseView },
    respond: ok,
  }),
  del(ONE, {
    summary: "Delete a release of a project",
    operation: deleteProjectRelease,
    responses: { 204: null },
    respond: () => ({ status: 204 }),
  }),
  get(`${ONE}resolved/`, {
    summary: "The issues a release resolves",
    operation: listProjectResolvedIssues,
    responses: { 200: z.array(z.never()) },
    respond: ok,
  }),
  get(`${ONE}stats/`, {
    summary: "Session figures of a release",
    operation: getReleaseStats,
    responses: { 200: z.object({ stats: z.array(z.never()), statTotals: z.object({}), usersBreakdown: z.array(z.never()) }) },
    respond: ok,
  }),
];
