import { listProjectEnvironments } from "@landfall/core/environments/list-project-environments";
import { createProject } from "@landfall/core/projects/create-project";
import { createTeamProject } from "@landfall/core/projects/create-team-project";
import { getCompletion } from "@landfall/core/projects/get-completion";
import { getProject } from "@landfall/core/projects/get-project";
import { getReleaseToken } from "@landfall/core/projects/get-release-token";
import { listProjects } from "@landfall/core/projects/list-projects";
import { rotateReleaseToken } from "@landfall/core/projects/rotate-release-token";
import { updateProject } from "@landfall/core/projects/update-project";
import { CompletionView, EnvironmentView, ProjectView, ReleaseTokenView } from "@landfall/schema/views/organization";
import * as z from "zod";
import { paged } from "../paged.ts";
import { get, ok, post, put, type Route } from "../route.ts";

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
