import * as z from "zod";
import { body } from "../fields/body.ts";
import { slug } from "../fields/slug.ts";
import { text } from "../fields/text.ts";
import { pageParams, term } from "./query.ts";
import { toggle } from "./toggle.ts";

/** Query of the organizations list: part of a name or slug (contract 11.2). */
export const ListOrganizationsInput = z.object({ query: term().optional(), ...pageParams });

/** PUT of an organization; what is absent stays as it is. */
export const UpdateOrganizationInput = body({
  name: text({ max: 64 }).optional(),
  slug: slug().optional(),
  membersCreateTokens: toggle()
    .optional()
    .describe("Whether every member may create tokens of the organization, as on Sentry, or only managers and owners."),
  openMembership: toggle().optional().describe("Whether every member may use every project, or only those of their teams."),
});
export type UpdateOrganizationInput = z.output<typeof UpdateOrganizationInput>;
