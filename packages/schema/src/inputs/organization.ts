import * as z from "zod";
import { body } from "../fields/body.ts";
import { slug } from "../fields/slug.ts";
import { text } from "../fields/text.ts";
import { pageParams, queryText } from "./query.ts";
import { bool } from "./toggle.ts";

/** Query of the organizations list: part of a name or slug (contract 11.2). */
export const ListOrganizationsInput = z.object({ query: queryText().optional(), ...pageParams });

/** PUT of an organization; what is absent stays as it is. */
export const UpdateOrganizationInput = body({
  name: text({ max: 64 }).optional(),
  slug: slug().optional(),
  membersCreateTokens: bool()
    .optional()
    .describe("Whether every member may create tokens of the organization, as on Sentry, or only managers and owners."),
  openMembership: bool().optional().describe("Whether every member may use every project, or only those of their teams."),
});
export type UpdateOrganizationInput = z.output<typeof UpdateOrganizationInput>;
