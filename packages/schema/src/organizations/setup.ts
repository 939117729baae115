import * as z from "zod";
import { body, list } from "../fields/composites.ts";
import { emailAddress, password, slug } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { text } from "../fields/text.ts";
import { UserView } from "./accounts.ts";

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

/** What a server starts with. Tokens are there only when the organization was made just now: they are shown once. */
export const ProvisionedView = z.object({
  organization: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  projects: z.array(z.object({ id: z.string(), slug: z.string() })),
  /** The owner's token with every scope; also null if no owner was named. */
  token: z.string().nullable(),
  /** A token of the organization, for CI. */
  ciToken: z.string().nullable(),
  /** What was made, in words: "project web". */
  created: z.array(z.string()),
  /** Whether everything was there already. */
  unchanged: z.boolean(),
});

export type ProvisionedView = z.infer<typeof ProvisionedView>;

/** A link that creates one owner, once, until it expires. */
export const SetupLinkView = z.object({ url: z.string(), dateExpires: z.iso.datetime() });

export type SetupLinkView = z.infer<typeof SetupLinkView>;

/** The administrator a setup link has made, with a token that is shown once. */
export const SetUpView = z.object({ user: UserView, token: z.string() });

export type SetUpView = z.infer<typeof SetUpView>;

/** An organization to be made up. The same values make the same one within the same hour. */
export const MakeSampleInput = body({
  organization: slug(),
  name: text({ max: 64 }),
  email: emailAddress().optional().describe("The owner's, who is made when nobody has it."),
  seed: text({ max: 200 }).describe("Another one makes another history."),
  releases: integer({ min: 0, max: 20_000 }),
  people: integer({ min: 1, max: 500 }).describe("Programs among them."),
  projects: integer({ min: 1, max: 6 }),
  days: integer({ min: 1, max: 3650 }).describe("How long the history is."),
});

export type MakeSampleInput = z.output<typeof MakeSampleInput>;
