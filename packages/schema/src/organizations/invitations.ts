import * as z from "zod";
import { body } from "../fields/composites.ts";
import { emailAddress, password } from "../fields/names.ts";
import { pageParams } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";
import { ROLES } from "../scope.ts";
import { UserView } from "./accounts.ts";

/** A new invitation. */
export const CreateInvitationInput = body({
  email: emailAddress(),
  role: oneOf(ROLES, { invalid: (role) => `"${role}" is not a valid choice.` }),
  team: text({ max: 50 }).nullish().describe("The slug or id of the team they join; the organization's first team by default."),
});

export type CreateInvitationInput = z.output<typeof CreateInvitationInput>;

/** Query of the unused invitations. */
export const ListInvitationsInput = z.object(pageParams);

const secret = () => text({ max: 200 }).describe("The secret part of the invitation link.");

/** The form of the invitation page for a person without an account. */
export const UseInvitationInput = body({ secret: secret(), password: password(), name: text({ max: 64, blank: true }).optional() });

export type UseInvitationInput = z.output<typeof UseInvitationInput>;

/** The invitation that a signed-in user accepts. */
export const AcceptInvitationInput = body({ secret: secret() });

/** An unused invitation, for pages that manage members. */
export const InvitationView = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  /** The team they will join; null for the organization's first team. */
  team: z.string().nullable(),
  /** Null if the server created it, or the account was deleted. */
  invitedBy: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  state: z.enum(["unused", "expired"]),
  dateCreated: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});

export type InvitationView = z.infer<typeof InvitationView>;

/** A new invitation with its link, which is returned once. */
export const NewInvitationView = InvitationView.extend({ url: z.string() });

export type NewInvitationView = z.infer<typeof NewInvitationView>;

const organization = z.object({ slug: z.string(), name: z.string() });

/** The public state of an invitation link. `used` includes revoked and replaced ones. */
export const InvitationLinkView = z.union([
  z.object({ state: z.literal("unknown") }),
  z.object({
    state: z.enum(["unused", "used", "expired"]),
    organization,
    email: z.string(),
    role: z.string(),
    dateExpires: z.iso.datetime(),
    /** Whether the email address has an account, which must then sign in to accept; otherwise a password is set. */
    hasAccount: z.boolean(),
  }),
]);

export type InvitationLinkView = z.infer<typeof InvitationLinkView>;

/** The organization that was joined. */
export const JoinedView = z.object({ organization });

export type JoinedView = z.infer<typeof JoinedView>;

/** The organization that was joined, with the new account. */
export const InvitedView = JoinedView.extend({ user: UserView });

export type InvitedView = z.infer<typeof InvitedView>;
