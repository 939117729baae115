import { getSelf, listRegions, whoAmI } from "@landfall/core/operations/accounts/me";
import { listEnvironments } from "@landfall/core/operations/environments/list";
import { getOrganization, listOrganizations } from "@landfall/core/operations/organizations/get";
import { updateOrganization } from "@landfall/core/operations/organizations/manage";
import { createTeam, listTeams } from "@landfall/core/operations/teams/teams";
import { createOrgToken, listOrgTokens, revokeOrgToken } from "@landfall/core/operations/tokens/org-tokens";
import { UserView } from "@landfall/schema/organizations/accounts";
import { OrganizationDetailsView, OrganizationView } from "@landfall/schema/organizations/organizations";
import { EnvironmentView } from "@landfall/schema/organizations/projects";
import { TeamView } from "@landfall/schema/organizations/teams";
import { NewOrgTokenView, OrgTokenView, RegionsView, WhoAmIView } from "@landfall/schema/organizations/tokens";
import * as z from "zod";
import { paged } from "../http/answers.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const ONE = "/organizations/:organization/";

/** Organizations, their teams, environments and tokens (contract 2, rows 44, 45, 47). */
export const organizationRoutes: readonly Route[] = [
  get("/organizations/", {
    summary: "List the organizations of the caller",
    operation: listOrganizations,
    answers: { 200: z.array(OrganizationView) },
    answer: paged,
    isPaged: true,
  }),
  get(ONE, { summary: "Retrieve an organization", operation: getOrganization, answers: { 200: OrganizationDetailsView }, answer: ok }),
  put(ONE, { summary: "Change an organization", operation: updateOrganization, answers: { 200: OrganizationDetailsView }, answer: ok }),
  get(`${ONE}teams/`, {
    summary: "List an organization's teams",
    operation: listTeams,
    answers: { 200: z.array(TeamView) },
    answer: paged,
    isPaged: true,
  }),
  post(`${ONE}teams/`, {
    summary: "Create a team",
    operation: createTeam,
    answers: { 201: TeamView },
    answer: (team) => ({ status: 201, body: team }),
  }),
  get(`${ONE}environments/`, {
    summary: "List an organization's environments",
    operation: listEnvironments,
    answers: { 200: z.array(EnvironmentView) },
    answer: paged,
    isPaged: true,
  }),
  get(`${ONE}org-auth-tokens/`, {
    summary: "List an organization's tokens",
    operation: listOrgTokens,
    answers: { 200: z.array(OrgTokenView) },
    answer: paged,
    isPaged: true,
  }),
  post(`${ONE}org-auth-tokens/`, {
    summary: "Create a token of an organization; it is answered this once",
    operation: createOrgToken,
    answers: { 201: NewOrgTokenView },
    answer: (token) => ({ status: 201, body: token }),
  }),
  del(`${ONE}org-auth-tokens/:token/`, {
    summary: "Revoke a token of an organization",
    operation: revokeOrgToken,
    answers: { 204: null },
    answer: () => ({ status: 204 }),
  }),
];

/** Who is asking (contract 2, row 43; clients 3.1, 4). */
export const meRoutes: readonly Route[] = [
  get("/", { summary: "Who is asking, and what they may do", operation: whoAmI, answers: { 200: WhoAmIView }, answer: ok }),
  get("/auth/", { summary: "The person a token belongs to", operation: getSelf, answers: { 200: UserView }, answer: ok }),
  get("/users/me/regions/", {
    summary: "Where organizations live: here",
    operation: listRegions,
    answers: { 200: RegionsView },
    answer: ok,
  }),
];
