import { listProjectEnvironments } from "@landfall/core/operations/environments/list";
import { getCompletion } from "@landfall/core/operations/projects/completion";
import { createProject, createTeamProject } from "@landfall/core/operations/projects/create";
import { getProject, listProjects } from "@landfall/core/operations/projects/list";
import { getReleaseToken, rotateReleaseToken } from "@landfall/core/operations/projects/release-token";
import { updateProject } from "@landfall/core/operations/projects/update";
import { CompletionView, EnvironmentView, ProjectView, ReleaseTokenView } from "@landfall/schema/organizations/projects";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { get, ok, post, put, type Route } from "../http/route.ts";

const ONE = "/projects/:organization/:project/";
const created = { responses: { 201: ProjectView }, respond: (body: unknown) => ({ status: 201, body }) };

/** Projects, and the setup of their releases (contract 2, rows 32, 33, 44, 45). */
export const projectRoutes: readonly Route[] = [
  get("/organizations/:organization/projects/", {
    summary: "List an organization's projects",
    operation: listProjects,
    responses: { 200: z.array(ProjectView) },
    respond: paged,
    isPaged: true,
  }),
  post("/organizations/:organization/projects/", { summary: "Create a project", operation: createProject, ...created }),
  post("/teams/:organization/:team/projects/", { summary: "Create a project of a team", operation: createTeamProject, ...created }),
  get(ONE, { summary: "Retrieve a project", operation: getProject, responses: { 200: ProjectView }, respond: ok }),
  put(ONE, { summary: "Change a project", operation: updateProject, responses: { 200: ProjectView }, respond: ok }),
  get(`${ONE}environments/`, {
    summary: "List a project's environments",
    operation: listProjectEnvironments,
    responses: { 200: z.array(EnvironmentView) },
    respond: paged,
    isPaged: true,
  }),
  get(`${ONE}releases/token/`, {
    summary: "The token and URL of the release webhook",
    operation: getReleaseToken,
    responses: { 200: ReleaseTokenView },
    respond: ok,
  }),
  post(`${ONE}releases/token/`, {
    summary: "Replace the token of the release webhook",
    operation: rotateReleaseToken,
    responses: { 200: ReleaseTokenView },
    respond: ok,
  }),
  get(`${ONE}releases/completion/`, {
    summary: "The completed steps of setting up releases",
    operation: getCompletion,
    responses: { 200: CompletionView },
    respond: ok,
  }),
];
