"use server";

import { runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Creates a personal token that can report releases. The token is returned only here. */
export async function createToken(_before: Outcome<string>): Promise<Outcome<string>> {
  return runAction(async ({ call }) => {
    const { token } = await call.me.createToken({ name: "First release", scopes: ["project:releases", "project:read", "org:read"] });
    return token;
  });
}
