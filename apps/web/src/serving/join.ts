import type { App } from "@landfall/core/app";
import { useInvitation } from "@landfall/core/invitations/use-invitation";
import { serverContext } from "./first-start.ts";
import { type Refused, refusal } from "./refusal.ts";

/** What the page of an invitation asks of somebody who is new here. */
export type Invited = { readonly name: string; readonly password: string };

/** Whose account was made and where they are a member now, or what to mend. */
export type JoinOutcome = { readonly kind: "joined"; readonly email: string; readonly organization: string } | Refused;

/** Makes the account an invitation is for. What the invited may mend is answered; anything else is thrown. */
export async function join(app: App, secret: string, invited: Invited): Promise<JoinOutcome> {
  try {
    const { user, organization } = await useInvitation(await serverContext(app), { secret, ...invited });
    return { kind: "joined", email: user.email, organization: organization.slug };
  } catch (error) {
    return refusal(error);
  }
}
