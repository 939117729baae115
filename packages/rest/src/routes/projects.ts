import { listProjectEnvironments } from "@landfall/core/operations/environments/list";
import { getCompletion } from "@landfall/core/operations/projects/completion";
import { createProject, createTeamProject } from "@landfall/core/operations/projects/create";
import { getProject, listProjects } from "@landfall/core/operations/projects/list";
import { getReleaseToken, rotateReleaseToken } from "@landfall/core/operations/projects/release-token";
import { updateProject } from "@landfall/core/operations/projects/update";
import { CompletionView, EnvironmentView, ProjectView, ReleaseTokenView } from "@landfall/schema/organizations/projects";
import * as z from "zod";
import { paged } from "../http/answers.ts";
import { get, ok, post, put, type Route } from "../http/route.ts";

const ONE = "/projects/:organization/:project/";
const created = { answers: { 201: ProjectView }, answer: (body: unknown) => ({ status: 201, body }) };

/** Projects, and what stands before their releases (contract 2, rows 32, 33, 44, 45). */
export const projectRoutes: readonly Route[] = [
  get("/organizations/:organization/projects/", {
    summary: "List an organization's projects",
    operation: listProjects,
    answers: { 200: z.array(ProjectView) },
    answer: paged,
    isPaged: true,
  }),
  post("/organizations/:organization/projects/", { summary: "Create a project", operation: createProject, ...created }),
  post("/teams/:organization/:team/projects/", { summary: "Create a project of a team", operation: createTeamProject, ...created }),
  get(ONE, { summary: "Retrieve a project", operation: getProject, answers: { 200: ProjectView }, answer: ok }),
  put(ONE, { summary: "Change a project", operation: updateProject, answers: { 200: ProjectView }, answer: ok }),
  get(`${ONE}environments/`, {
    summary: "List a project's environments",
    operation: listProjectEnvironments,
    answers: { 200: z.array(EnvironmentView) },
    answer: paged,
    isPaged: true,
  }),
  get(`${ONE}releases/token/`, {
    summary: "The token and address of the release webhook",
    operation: getReleaseToken,
    answers: { 200: ReleaseTokenView },
    answer: ok,
  }),
  post(`${ONE}releases/token/`, {
    summary: "Replace the token of the release webhook",
    operation: rotateReleaseToken,
    answers: { 200: ReleaseTokenView },
    answer: ok,
  }),
  get(`${ONE}releases/completion/`, {
    summary: "Which steps of setting up releases are done",
    operation: getCompletion,
    answers: { 200: CompletionView },
    answer: ok,
  }),
];
