import * as z from "zod";
import { body, list } from "../fields/composites.ts";
import { emailAddress, password, slug } from "../fields/names.ts";
import { integer } from "../fields/numbers.ts";
import { text } from "../fields/text.ts";
import { UserView } from "./accounts.ts";

/** The organization, projects and owner to create on a new server. Existing ones do not change. */
export const ProvisionInput = body({
  organization: slug().describe("The organization's slug."),
  name: text({ max: 64 }).optional().describe("The organization's name; its slug by default."),
  projects: list(slug(), { max: 100 }).describe("The slugs of its projects."),
  email: emailAddress().optional().describe("The owner's email address; by default there is no owner."),
  password: password().optional().describe("The owner's password; an owner without one can only use tokens."),
});

export type ProvisionInput = z.output<typeof ProvisionInput>;

/** The form of the setup page. */
export const UseSetupLinkInput = body({
  link: text({ max: 200 }).describe("The secret part of the setup link."),
  email: emailAddress(),
  password: password(),
  name: text({ max: 64, blank: true }).optional(),
  organizationName: text({ max: 64 }).optional().describe("The organization's name; only before the first report."),
  organizationSlug: slug()
    .optional()
    .describe("The organization's slug; only before the first report. Revokes the tokens that contain the old slug."),
  projectSlug: slug().optional().describe("The slug of the first project; only before the first report."),
});

export type UseSetupLinkInput = z.output<typeof UseSetupLinkInput>;

/** The result of provisioning. Tokens are included only if the organization was just created, since they are shown once. */
export const ProvisionedView = z.object({
  organization: z.object({ id: z.string(), slug: z.string(), name: z.string() }),
  projects: z.array(z.object({ id: z.string(), slug: z.string() })),
  /** The owner's token with every scope; also null without an owner. */
  token: z.string().nullable(),
  /** An organization token for CI. */
  ciToken: z.string().nullable(),
  /** Descriptions of what was created, such as "project web". */
  created: z.array(z.string()),
  /** Whether everything existed already. */
  unchanged: z.boolean(),
});

export type ProvisionedView = z.infer<typeof ProvisionedView>;

/** A link that creates one owner, once, until it expires. */
export const SetupLinkView = z.object({ url: z.string(), dateExpires: z.iso.datetime() });

export type SetupLinkView = z.infer<typeof SetupLinkView>;

/** The owner that a setup link created, with an organization token that is shown once. */
export const SetUpView = z.object({ user: UserView, token: z.string() });

export type SetUpView = z.infer<typeof SetUpView>;

/** A sample organization to generate. Equal values generate the same one within the same hour. */
export const MakeSampleInput = body({
  organization: slug(),
  name: text({ max: 64 }),
  email: emailAddress().optional().describe("The owner's email address; the account is created if it does not exist."),
  seed: text({ max: 200 }).describe("Determines the generated history."),
  releases: integer({ min: 0, max: 20_000 }),
  people: integer({ min: 1, max: 500 }).describe("Contributors, including bots."),
  projects: integer({ min: 1, max: 6 }),
  days: integer({ min: 1, max: 3650 }).describe("The length of the history."),
});

export type MakeSampleInput = z.output<typeof MakeSampleInput>;
