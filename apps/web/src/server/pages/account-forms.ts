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
import { serverContext } from "#server/lifecycle/server-context.ts";
import type { Refusal } from "#ui/forms/outcome.ts";
import { refusalOf } from "./failure.ts";

/** The form of the setup page. Empty names of the organization and project leave them unchanged. */
export type SetupForm = {
  readonly name: string;
  readonly email: string;
  readonly password: string;
  readonly organizationName: string;
  readonly organizationSlug: string;
  readonly projectSlug: string;
};

/** The new owner with an organization token that is shown only once, or what is wrong with the form. */
export type SetUpOutcome =
  | {
      readonly kind: "created";
      readonly email: string;
      readonly token: string;
      readonly organization: string;
      readonly project: string | null;
    }
  | Refusal;

/** Redeems a setup link. Returns what is wrong with the form. @throws bugs. */
export async function completeSetup(app: App, link: string, { name, email, password, ...names }: SetupForm): Promise<SetUpOutcome> {
  const filled = Object.fromEntries(Object.entries(names).filter(([, text]) => text.trim() !== ""));
  try {
    const { user, token } = await redeemSetupLink(await serverContext(app), { link, name, email, password, ...filled });
    const { organization, project } = await describeSetupLink(app.store.read, link, app.now());
    return { kind: "created", email: user.email, token, organization: organization?.slug ?? "", project };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The form of an invitation, for a person without an account. */
export type InvitationForm = { readonly name: string; readonly password: string };

/** The new account and the organization it joined, or what is wrong with the form. */
export type JoinOutcome = { readonly kind: "joined"; readonly email: string; readonly organization: string } | Refusal;

/** Creates the account of an invited person. Returns what is wrong with the form. @throws bugs. */
export async function joinOrganization(app: App, secret: string, invited: InvitationForm): Promise<JoinOutcome> {
  try {
    const { user, organization } = await redeemInvitation(await serverContext(app), { secret, ...invited });
    return { kind: "joined", email: user.email, organization: organization.slug };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The cookies to set, or why signing in failed. */
export type SignInOutcome = { readonly kind: "signedIn"; readonly cookies: readonly CookieToSet[] } | Refusal;

/** Signs a person in by password. Returns why it failed. @throws bugs. */
export async function signIn(
  auth: Auth,
  request: BrowserRequest,
  credentials: { email: string; password: string },
): Promise<SignInOutcome> {
  try {
    return { kind: "signedIn", cookies: await auth.signIn(request, credentials) };
  } catch (error) {
    return refusalOf(error);
  }
}

/** The slug of the new organization, or why it was not created. */
export type SampleOutcome =
  | { readonly kind: "created"; readonly organization: string }
  | { readonly kind: "refused"; readonly message: string };

/** Creates sample data owned by the signed-in person. Returns why that was refused. @throws bugs. */
export async function createSampleData({ actor, ...context }: Context): Promise<SampleOutcome> {
  if (actor?.kind !== "user") return { kind: "refused", message: "Sign in first. Sample data needs an owner." };
  try {
    const { organization } = await createSample({ ...context, actor }, actor);
    return { kind: "created", organization: organization.slug };
  } catch (error) {
    if (!isAppError(error) || error.code !== "conflict") throw error;
    return { kind: "refused", message: "Sample data already exists. Its owner can invite you to the organization sample, or delete it." };
  }
}
