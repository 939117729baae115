import type { CookieToSet } from "@landfall/auth/cookies";
import type { Auth } from "@landfall/auth/create-auth";
import type { App } from "@landfall/core/kernel/app";
import { isAppError } from "@landfall/core/kernel/app-error";
import type { BrowserRequest } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { redeemInvitation } from "@landfall/core/operations/invitations/accept";
import { redeemSetupLink } from "@landfall/core/operations/setup/redeem-setup-link";
import { describeSetupLink } from "@landfall/core/operations/setup/setup-link";
import { createSample } from "@landfall/core/sample-data/make-sample";
import { serverContext } from "#server/lifecycle/first-start.ts";
import { type FormErrors, formErrors } from "./form-errors.ts";

/** What the setup page asks of a new administrator; empty names of the organization leave it as it is. */
export type SetupForm = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly projectSlug: string;
};

/** A new administrator with the token that is shown once, or what to mend: by field, or of the whole. */
export type SetUpOutcome =
  | {
      readonly kind: "made";
      readonly email: string;
      readonly token: string;
      readonly organization: string;
      readonly project: string | null;
    }
  | FormErrors;

/** Uses a setup link up. What the newcomer may mend is answered; anything else is thrown. */
export async function completeSetup(app: App, link: string, { name, email, password, ...names }: SetupForm): Promise<SetUpOutcome> {
  const given = Object.fromEntries(Object.entries(names).filter(([, text]) => text.trim() !== ""));
  try {
    const { user, token } = await redeemSetupLink(await serverContext(app), { link, name, email, password, ...given });
    const { organization, project } = await describeSetupLink(app.store.read, link, app.now());
    return { kind: "made", email: user.email, token, organization: organization?.slug ?? "", project };
  } catch (error) {
    return formErrors(error);
  }
}

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

/** Cookies to set and the end of it, or what to mend: by field, or of the whole. */
export type SignInOutcome = { readonly kind: "signedIn"; readonly cookies: readonly CookieToSet[] } | FormErrors;

/** Signs somebody in by what they typed. What they may mend, or have to wait for, is answered; anything else is thrown. */
export async function signIn(auth: Auth, request: BrowserRequest, typed: { email: string; password: string }): Promise<SignInOutcome> {
  try {
    return { kind: "signedIn", cookies: await auth.signIn(request, typed) };
  } catch (error) {
    return formErrors(error);
  }
}

/** The slug of the organization that was made, or why there is none. */
export type SampleOutcome =
  | { readonly kind: "made"; readonly organization: string }
  | { readonly kind: "refused"; readonly message: string };

/** Makes sample data for whoever is signed in. What they may mend is answered; anything else is thrown. */
export async function createSampleData({ actor, ...context }: Context): Promise<SampleOutcome> {
  if (actor?.kind !== "user") return { kind: "refused", message: "Sign in first: sample data belongs to somebody." };
  try {
    const { organization } = await createSample({ ...context, actor }, actor);
    return { kind: "made", organization: organization.slug };
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    return { kind: "refused", message: "There is sample data already: its owner can invite you to the organization sample, or delete it." };
  }
}
