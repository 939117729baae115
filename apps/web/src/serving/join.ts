import type { App } from "@landfall/core/app";
import { redeemInvitation } from "@landfall/core/invitations/use-invitation";
import { serverContext } from "./first-start.ts";
import { type FormErrors, formErrors } from "./refusal.ts";

/** What the page of an invitation asks of somebody who is new here. */
export type InvitationForm = { readonly name: string; readonly password: string };

/** Whose account was made and where they are a member now, or what to mend. */
export type JoinOutcome = { readonly kind: "joined"; readonly email: string; readonly organization: string } | FormErrors;

/** Makes the account an invitation is for. What the invited may mend is answered; anything else is thrown. */
export async function joinOrganization(app: App, secret: string, invited: InvitationForm): Promise<JoinOutcome> {
  try {
    const { user, organization } = await redeemInvitation(await serverContext(app), { secret, ...invited });
    return { kind: "joined", email: user.email, organization: organization.slug };
  } catch (error) {
    return formErrors(error);
  }
}
