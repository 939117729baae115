import * as z from "zod";
import { body } from "../fields/composites.ts";
import { emailAddress, password } from "../fields/names.ts";
import { pageParams } from "../fields/query.ts";
import { oneOf, text } from "../fields/text.ts";
import { ROLES } from "../scope.ts";
import { UserView } from "./accounts.ts";

/** Whom to invite, and as what. */
export const CreateInvitationInput = body({
  email: emailAddress(),
  role: oneOf(ROLES, { invalid: (role) => `"${role}" is not a valid choice.` }),
  team: text({ max: 50 }).nullish().describe("The slug or id of the team they join; the organization's first by default."),
});

export type CreateInvitationInput = z.output<typeof CreateInvitationInput>;

/** Query of the invitations that were not used yet. */
export const ListInvitationsInput = z.object(pageParams);

const secret = () => text({ max: 200 }).describe("The secret part of the invitation's link.");

/** What the invitation page asks of somebody who is new here. */
export const UseInvitationInput = body({ secret: secret(), password: password(), name: text({ max: 64, blank: true }).optional() });

export type UseInvitationInput = z.output<typeof UseInvitationInput>;

/** The invitation somebody signed in accepts. */
export const AcceptInvitationInput = body({ secret: secret() });

/** An invitation that was not used yet, for those who manage members. */
export const InvitationView = z.object({
  id: z.string(),
  email: z.string(),
  role: z.string(),
  /** The team they will join; null for the organization's first. */
  team: z.string().nullable(),
  /** Null when the server itself invited them, or who did is gone. */
  invitedBy: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  state: z.enum(["unused", "expired"]),
  dateCreated: z.iso.datetime(),
  dateExpires: z.iso.datetime(),
});

export type InvitationView = z.infer<typeof InvitationView>;

/** The same with its link: answered once, when it is made. */
export const NewInvitationView = InvitationView.extend({ url: z.string() });

export type NewInvitationView = z.infer<typeof NewInvitationView>;

const organization = z.object({ slug: z.string(), name: z.string() });

/** What whoever holds an invitation's link is told of it. `used` stands also for one that was taken back or replaced. */
export const InvitationLinkView = z.union([
  z.object({ state: z.literal("unknown") }),
  z.object({
    state: z.enum(["unused", "used", "expired"]),
    organization,
    email: z.string(),
    role: z.string(),
    dateExpires: z.iso.datetime(),
    /** Whether somebody with the address has an account: then they accept it signed in, else with a new password. */
    hasAccount: z.boolean(),
  }),
]);

export type InvitationLinkView = z.infer<typeof InvitationLinkView>;

/** The organization somebody is a member of now. */
export const JoinedView = z.object({ organization });

export type JoinedView = z.infer<typeof JoinedView>;

/** The same, with the account that was made for them. */
export const InvitedView = JoinedView.extend({ user: UserView });

export type InvitedView = z.infer<typeof InvitedView>;
