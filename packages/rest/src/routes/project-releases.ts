import { createProjectRelease } from "@landfall/core/releases/create-project-release";
import { deleteProjectRelease } from "@landfall/core/releases/delete-project-release";
import { getProjectRelease } from "@landfall/core/releases/get-project-release";
import { getReleaseStats } from "@landfall/core/releases/get-release-stats";
import { listProjectReleases } from "@landfall/core/releases/list-project-releases";
import { listProjectResolvedIssues } from "@landfall/core/releases/list-project-resolved-issues";
import { updateProjectRelease } from "@landfall/core/releases/update-project-release";
import { ReleaseView } from "@landfall/schema/views/release";
import * as z from "zod";
import { paged } from "../paged.ts";
import { del, get, ok, post, put, type Route } from "../route.ts";

const LIST = "/projects/:organization/:project/releases/";
const ONE = `${LIST}:version/`;

/** Releases through one of their projects (contract 2, rows 23–25, 28, 29). */
export const projectReleaseRoutes: readonly Route[] = [
  get(LIST, {
    summary: "List a project's releases",
    operation: listProjectReleases,
    answers: { 200: z.array(ReleaseView) },
    answer: paged,
    isPaged: true,
  }),
  post(LIST, {
    summary: "Create a release of one project, or report it again",
    operation: createProjectRelease,
    answers: { 201: ReleaseView, 208: ReleaseView },
    answer: ({ release, created }) => ({ status: created ? 201 : 208, body: release }),
  }),
  get(ONE, { summary: "Retrieve a release of a project", operation: getProjectRelease, answers: { 200: ReleaseView }, answer: ok }),
  put(ONE, {
    summary: "Update a release of a project",
    operation: updateProjectRelease,
    answers: { 200: ReleaseView },
    answer: ok,
  }),
  del(ONE, {
    summary: "Delete a release of a project",
    operation: deleteProjectRelease,
    answers: { 204: null },
    answer: () => ({ status: 204 }),
  }),
  get(`${ONE}resolved/`, {
    summary: "The issues a release resolves",
    operation: listProjectResolvedIssues,
    answers: { 200: z.array(z.never()) },
    answer: ok,
  }),
  get(`${ONE}stats/`, {
    summary: "Session figures of a release",
    operation: getReleaseStats,
    answers: { 200: z.object({ stats: z.array(z.never()), statTotals: z.object({}), usersBreakdown: z.array(z.never()) }) },
    answer: ok,
  }),
];
