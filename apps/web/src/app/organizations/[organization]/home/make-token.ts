"use server";

import { act, type Outcome } from "../../../../page-data/act.ts";

/** Makes a token of the viewer's own that may report releases; it is answered this once. */
export async function makeToken(_before: Outcome<string>): Promise<Outcome<string>> {
  return act(async ({ call }) => {
    const { token } = await call.me.createToken({ name: "First release", scopes: ["project:releases", "project:read", "org:read"] });
    return token;
  });
}
