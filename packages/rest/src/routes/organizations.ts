import { listEnvironments } from "@landfall/core/environments/list-environments";
import { getOrganization } from "@landfall/core/organizations/get-organization";
import { listOrganizations } from "@landfall/core/organizations/list-organizations";
import { updateOrganization } from "@landfall/core/organizations/update-organization";
import { createTeam } from "@landfall/core/teams/create-team";
import { listTeams } from "@landfall/core/teams/list-teams";
import { createOrgToken } from "@landfall/core/tokens/create-org-token";
import { listOrgTokens } from "@landfall/core/tokens/list-org-tokens";
import { revokeOrgToken } from "@landfall/core/tokens/revoke-org-token";
import { EnvironmentView, OrganizationDetailsView, OrganizationView, TeamView } from "@landfall/schema/views/organization";
import { NewOrgTokenView, OrgTokenView } from "@landfall/schema/views/token";
import * as z from "zod";
import { paged } from "../paged.ts";
import { del, get, ok, post, put, type Route } from "../route.ts";

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
