"use server";

import { runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";

/** Makes a token of the viewer's own that may report releases; it is answered this once. */
export async function createToken(_before: Outcome<string>): Promise<Outcome<string>> {
  return runAction(async ({ call }) => {
    const { token } = await call.me.createToken({ name: "First release", scopes: ["project:releases", "project:read", "org:read"] });
    return token;
  });
}
