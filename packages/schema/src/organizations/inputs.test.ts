import { describe, expect, it } from "vitest";
import type * as z from "zod";
import { issuesOf } from "../fields/issues-of.ts";
import { toInputSchema } from "../fields/json-schema.ts";
import { NoInput } from "../fields/query.ts";
import { ListOrganizationsInput, UpdateOrganizationInput } from "../organizations/organizations.ts";
import {
  CreateProjectInput,
  GetProjectInput,
  ListEnvironmentsInput,
  ListProjectsInput,
  UpdateProjectInput,
} from "../organizations/projects.ts";
import { ProvisionInput, UseSetupLinkInput } from "../organizations/setup.ts";
import { CreateTeamInput, ListMembersInput, ListTeamsInput, TeamMemberInput, UpdateMemberRoleInput } from "../organizations/teams.ts";
import { CreateOrgTokenInput, CreateUserTokenInput, ListTokensInput } from "../organizations/tokens.ts";
import { CreateRepositoryInput, ListRepositoriesInput, ListRepositoryCommitsInput, UpdateRepositoryInput } from "../releases/commits.ts";

const BLANK = "This field may not be blank.";
const REQUIRED = "This field is required.";
const SLUG = expect.stringMatching(/^Use lower-case letters/);

const bodies: Record<string, z.ZodType> = {
  CreateOrgTokenInput,
  CreateProjectInput,
  CreateRepositoryInput,
  CreateTeamInput,
  CreateUserTokenInput,
  ProvisionInput,
  TeamMemberInput,
  UpdateMemberRoleInput,
  UpdateOrganizationInput,
  UpdateProjectInput,
  UpdateRepositoryInput,
  UseSetupLinkInput,
};

const queries: Record<string, z.ZodType> = {
  GetProjectInput,
  ListEnvironmentsInput,
  ListMembersInput,
  ListOrganizationsInput,
  ListProjectsInput,
  ListRepositoriesInput,
  ListRepositoryCommitsInput,
  ListTeamsInput,
  ListTokensInput,
};

describe("bodies", () => {
  it.each(Object.keys(bodies))("%s must be an object (contract 1.7)", (name) => {
    const schema = bodies[name] ?? NoInput;
    expect(issuesOf(schema, null)).toEqual({ non_field_errors: ["No data provided"] });
    expect(issuesOf(schema, [])).toEqual({ non_field_errors: ["Invalid data. Expected a dictionary, but got list."] });
  });

  it.each([
    [UpdateOrganizationInput, {}, {}],
    [UpdateOrganizationInput, { unknown: 1 }, {}],
    [
      UpdateOrganizationInput,
      { name: " ", slug: "A", openMembership: 1 },
      { name: [BLANK], slug: [SLUG], openMembership: ["Must be a valid boolean."] },
    ],
    [CreateProjectInput, {}, { name: [REQUIRED] }],
    [CreateProjectInput, { name: "x", slug: null, platform: null, default_rules: false }, {}],
    [CreateProjectInput, { name: 7, slug: "7", platform: true }, { slug: [SLUG], platform: ["Not a valid string."] }],
    [UpdateProjectInput, { slug: null, name: null }, { slug: ["This field may not be null."], name: ["This field may not be null."] }],
    [CreateTeamInput, {}, {}],
    [CreateTeamInput, { name: "x".repeat(65), slug: "x y" }, { name: ["Ensure this field has no more than 64 characters."], slug: [SLUG] }],
    [TeamMemberInput, { userId: 0 }, { userId: ["Ensure this value is greater than or equal to 1."] }],
    [TeamMemberInput, { userId: "x" }, { userId: ["A valid integer is required."] }],
    [UpdateMemberRoleInput, {}, { role: [REQUIRED] }],
    [UpdateMemberRoleInput, { role: "root" }, { role: ['"root" is not a valid choice.'] }],
    [CreateOrgTokenInput, {}, {}],
    [CreateUserTokenInput, {}, { name: [REQUIRED], scopes: [REQUIRED] }],
    [CreateUserTokenInput, { name: "x", scopes: ["org:read", "all"] }, { "scopes.1": ['"all" is not a valid choice.'] }],
    [UpdateRepositoryInput, { status: "gone", name: "", url: "" }, { status: ['"gone" is not a valid choice.'], name: [BLANK] }],
    [UpdateRepositoryInput, { integrationId: [] }, { integrationId: ["A valid integer is required."] }],
    [ProvisionInput, {}, { organization: [REQUIRED], projects: [REQUIRED] }],
    [
      ProvisionInput,
      { organization: "acme", projects: [], email: "a b@c", password: "         x" },
      { email: ["Enter a valid email address."] },
    ],
    [ProvisionInput, { organization: "acme", projects: [], email: "root@localhost", password: "😀".repeat(10) }, {}],
    [
      ProvisionInput,
      { organization: "acme", projects: [], password: "😀".repeat(9) },
      { password: ["Ensure this field has at least 10 characters."] },
    ],
    [UseSetupLinkInput, {}, { link: [REQUIRED], email: [REQUIRED], password: [REQUIRED] }],
  ])("%#: %j", (schema, input, issues) => {
    expect(issuesOf(schema, input)).toEqual(issues);
  });

  it("keep the white space of a password", () => {
    const input = { organization: "acme", projects: [], password: "  spaces  " };
    expect(ProvisionInput.parse(input)).toMatchObject({ password: "  spaces  " });
  });

  it.each([
    ["CI", "CI"],
    ["  CI\0 ", "CI"],
    [7, "7"],
    [null, ""],
    [["CI"], ""],
    ["\ud800", "\ufffd"],
  ])("read the name %j of an organization token as %j", (name, read) => {
    expect(CreateOrgTokenInput.parse({ name })).toMatchObject({ name: read });
  });
});

describe("queries", () => {
  it.each(Object.keys(queries))("%s accepts any page parameters, and ignores unknown ones", (name) => {
    const schema = queries[name] ?? NoInput;
    expect(issuesOf(schema, { per_page: "0", cursor: "nonsense", unknown: ["x"] })).toEqual({});
  });

  it("have the wire's defaults", () => {
    expect(ListRepositoriesInput.parse({})).toEqual({ status: "active" });
    expect(ListRepositoriesInput.parse({ status: "" })).toEqual({ status: "" });
    expect(ListEnvironmentsInput.parse({})).toEqual({ visibility: "visible" });
  });
});

describe("NoInput", () => {
  it.each([undefined, null, {}, [], "x", { a: 1 }])("accepts %j", (value) => {
    expect(issuesOf(NoInput, value)).toEqual({});
  });
});

describe("bodies and queries", () => {
  it.each(Object.entries({ ...bodies, ...queries }))("%s has a JSON Schema", (_, schema) => {
    expect(toInputSchema(schema)).toMatchObject({ type: "object" });
  });
});
