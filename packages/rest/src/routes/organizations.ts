import { getSelf, listRegions, whoAmI } from "@landfall/core/operations/accounts/me";
import { listEnvironments } from "@landfall/core/operations/environments/list";
import { createOrganization } from "@landfall/core/operations/organizations/create";
import { getOrganization, listOrganizations } from "@landfall/core/operations/organizations/get";
import { updateOrganization } from "@landfall/core/operations/organizations/update";
import { createTeam, listTeams } from "@landfall/core/operations/teams/teams";
import { createOrgToken, listOrgTokens, revokeOrgToken } from "@landfall/core/operations/tokens/org-tokens";
import { UserView } from "@landfall/schema/organizations/accounts";
import { OrganizationDetailsView, OrganizationView } from "@landfall/schema/organizations/organizations";
import { EnvironmentView } from "@landfall/schema/organizations/projects";
import { TeamView } from "@landfall/schema/organizations/teams";
import { NewOrgTokenView, OrgTokenView, RegionsView, WhoAmIView } from "@landfall/schema/organizations/tokens";
import * as z from "zod";
import { paged } from "../http/responses.ts";
import { del, get, ok, post, put, type Route } from "../http/route.ts";

const ONE = "/organizations/:organization/";

/** Organizations, their teams, environments and tokens (contract 2, rows 44, 45, 47). */
export const organizationRoutes: readonly Route[] = [
  get("/organizations/", {
    summary: "List the organizations of the caller",
    operation: listOrganizations,
    responses: { 200: z.array(OrganizationView) },
    respond: paged,
    isPaged: true,
  }),
  post("/organizations/", {
    summary: "Create an organization, for people who belong to none",
    operation: createOrganization,
    responses: { 201: OrganizationDetailsView },
    respond: (organization) => ({ status: 201, body: organization }),
  }),
  get(ONE, { summary: "Retrieve an organization", operation: getOrganization, responses: { 200: OrganizationDetailsView }, respond: ok }),
  put(ONE, { summary: "Change an organization", operation: updateOrganization, responses: { 200: OrganizationDetailsView }, respond: ok }),
  get(`${ONE}teams/`, {
    summary: "List an organization's teams",
    operation: listTeams,
    responses: { 200: z.array(TeamView) },
    respond: paged,
    isPaged: true,
  }),
  post(`${ONE}teams/`, {
    summary: "Create a team",
    operation: createTeam,
    responses: { 201: TeamView },
    respond: (team) => ({ status: 201, body: team }),
  }),
  get(`${ONE}environments/`, {
    summary: "List an organization's environments",
    operation: listEnvironments,
    responses: { 200: z.array(EnvironmentView) },
    respond: paged,
    isPaged: true,
  }),
  get(`${ONE}org-auth-tokens/`, {
    summary: "List an organization's tokens",
    operation: listOrgTokens,
    responses: { 200: z.array(OrgTokenView) },
    respond: paged,
    isPaged: true,
  }),
  post(`${ONE}org-auth-tokens/`, {
    summary: "Create a token of an organization; its text is not shown again",
    operation: createOrgToken,
    responses: { 201: NewOrgTokenView },
    respond: (token) => ({ status: 201, body: token }),
  }),
  del(`${ONE}org-auth-tokens/:token/`, {
    summary: "Revoke a token of an organization",
    operation: revokeOrgToken,
    responses: { 204: null },
    respond: () => ({ status: 204 }),
  }),
];

/** The caller (contract 2, row 43; clients 3.1, 4). */
export const meRoutes: readonly Route[] = [
  get("/", { summary: "The caller and their scopes", operation: whoAmI, responses: { 200: WhoAmIView }, respond: ok }),
  get("/auth/", { summary: "The user of a token", operation: getSelf, responses: { 200: UserView }, respond: ok }),
  get("/users/me/regions/", {
    summary: "The region of organizations: this server",
    operation: listRegions,
    responses: { 200: RegionsView },
    respond: ok,
  }),
];
