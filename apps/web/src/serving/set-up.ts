import type { App } from "@landfall/core/app";
import { describeSetupLink } from "@landfall/core/provisioning/describe-setup-link";
import { redeemSetupLink } from "@landfall/core/provisioning/use-setup-link";
import { serverContext } from "./first-start.ts";
import { type FormErrors, formErrors } from "./refusal.ts";

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
