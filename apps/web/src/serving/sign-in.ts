import type { CookieToSet } from "@landfall/auth/cookie-to-set";
import type { Auth } from "@landfall/auth/create-auth";
import type { BrowserRequest } from "@landfall/core/access/browser-request";
import { type FormErrors, formErrors } from "./refusal.ts";

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
