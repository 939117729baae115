import type { CookieToSet } from "@landfall/auth/cookie-to-set";
import type { cookies } from "next/headers";

/** Sets cookies on the answer of a server action. */
export function setCookies(jar: Awaited<ReturnType<typeof cookies>>, list: readonly CookieToSet[]): void {
  for (const { name, value, ...attributes } of list) jar.set(name, value, attributes);
}
