import * as z from "zod";
import { UserView } from "./user.ts";

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
