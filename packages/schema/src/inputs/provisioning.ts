import type * as z from "zod";
import { body } from "../fields/body.ts";
import { emailAddress } from "../fields/email-address.ts";
import { list } from "../fields/list.ts";
import { password } from "../fields/password.ts";
import { slug } from "../fields/slug.ts";
import { text } from "../fields/text.ts";

/** What a server is to start with. Whatever of it is there already stays as it is. */
export const ProvisionInput = body({
  organization: slug().describe("The organization's slug."),
  name: text({ max: 64 }).optional().describe("The organization's name; its slug by default."),
  projects: list(slug(), { max: 100 }).describe("The slugs of its projects."),
  email: emailAddress().optional().describe("The owner's e-mail address; nobody by default."),
  password: password().optional().describe("The owner's password; by default the owner has none and can only use tokens."),
});
export type ProvisionInput = z.output<typeof ProvisionInput>;

/** What the setup page asks for. */
export const UseSetupLinkInput = body({
  link: text({ max: 200 }).describe("The secret part of the setup link."),
  email: emailAddress(),
  password: password(),
  name: text({ max: 64, blank: true }).optional(),
  organizationName: text({ max: 64 }).optional().describe("What the organization is called, while nothing was reported to it."),
  organizationSlug: slug().optional().describe("Its slug, while nothing was reported to it; ends the tokens made for the old one."),
  projectSlug: slug().optional().describe("The slug of its first project, while nothing was reported to it."),
});
export type UseSetupLinkInput = z.output<typeof UseSetupLinkInput>;
