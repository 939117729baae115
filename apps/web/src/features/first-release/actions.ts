"use server";

import { DAY } from "@landfall/domain/durations";
import { formText, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** A token for the first release. Its text is returned only here. */
export type FirstToken = { readonly kind: "organization" | "personal"; readonly token: string };

/** How long the token works, in milliseconds. */
const LIFETIME = 90 * DAY;

/** Creates a token that can report releases and works for 90 days: an organization token, or a personal one if the form requests it. */
export async function createToken(_before: Outcome<FirstToken>, form: FormData): Promise<Outcome<FirstToken>> {
  const organization = formText(form, "organization");
  const dateExpires = new Date(Date.now() + LIFETIME).toISOString();
  return runAction(async ({ call }) => {
    if (formText(form, "kind") === "organization") {
      const { token } = await call.tokens.create({ organization, name: "First release", dateExpires });
      return { kind: "organization", token };
    }
    const { token } = await call.me.createToken({
      name: "First release",
      scopes: ["project:releases", "project:read", "org:read"],
      dateExpires,
    });
    return { kind: "personal", token };
  });
}
