import * as z from "zod";
import { body } from "../fields/body.ts";
import { oneOf } from "../fields/choice.ts";
import { emailAddress } from "../fields/email-address.ts";
import { password } from "../fields/password.ts";
import { text } from "../fields/text.ts";
import { ROLES } from "../scope.ts";
import { pageParams } from "./query.ts";

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
