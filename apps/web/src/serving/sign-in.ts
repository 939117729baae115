import type { CookieToSet } from "@landfall/auth/cookie-to-set";
import type { Auth } from "@landfall/auth/create-auth";
import type { BrowserRequest } from "@landfall/core/access/browser-request";
import { isAppError } from "@landfall/core/app-error";

/** Cookies to set and the end of it, or what to mend: by field, or of the whole. */
export type SignInOutcome =
  | { readonly kind: "signedIn"; readonly cookies: readonly CookieToSet[] }
  | { readonly kind: "refused"; readonly message: string | null; readonly fields: Readonly<Record<string, string>> };

/** Signs somebody in by what they typed. What they may mend, or have to wait for, is answered; anything else is thrown. */
export async function signIn(auth: Auth, request: BrowserRequest, typed: { email: string; password: string }): Promise<SignInOutcome> {
  try {
    return { kind: "signedIn", cookies: await auth.signIn(request, typed) };
  } catch (error) {
    if (!isAppError(error)) throw error;
    const fields = Object.fromEntries(error.issues.map(({ path, message }) => [String(path[0]), message]));
    return { kind: "refused", message: error.issues.length === 0 ? error.message : null, fields };
  }
}
