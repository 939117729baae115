"use server";

import { isScope } from "@landfall/schema/scope";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { settingsLines } from "#server/lifecycle/client-settings.ts";
import { runningApp, type Viewer } from "#server/pages/running-app.ts";
import { formText, formTexts, runAction } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { expiryDate } from "./format.ts";

/** A token as it is shown this once. */
export type CreatedToken = {
  readonly token: string;
  /** What to paste into a shell for clients to use it. */
  readonly lines: readonly string[];
  /** Of the token it takes the place of: until when that works. Null for a token made anew. */
  readonly oldWorksUntil: string | null;
};

/** Makes a token of the viewer's own, or of the organization, as `owner` says. */
export async function createToken(form: FormData): Promise<Outcome<CreatedToken>> {
  const organization = formText(form, "organization");
  const name = formText(form, "name");
  return runAction(async ({ call }) => {
    const dateExpires = expiryDate(formText(form, "expires"), new Date());
    const { token } =
      formText(form, "owner") === "organization"
        ? await call.tokens.create({ organization, name, dateExpires })
        : await call.me.createToken({ name, scopes: formTexts(form, "scopes").filter(isScope), dateExpires });
    refresh();
    return { token, lines: await shellSettings(call, organization, token), oldWorksUntil: null };
  });
}

/** Puts a new token in the place of another. */
export async function rotateToken(form: FormData): Promise<Outcome<CreatedToken>> {
  const [organization, token] = [formText(form, "organization"), formText(form, "token")];
  return runAction(async ({ call }) => {
    const made =
      formText(form, "owner") === "organization" ? await call.tokens.rotate({ organization, token }) : await call.me.rotateToken({ token });
    refresh();
    return { token: made.token, lines: await shellSettings(call, organization, made.token), oldWorksUntil: made.replaced.dateExpires };
  });
}

/** Ends a token at once. */
export async function revokeToken(form: FormData): Promise<Outcome> {
  const [organization, token] = [formText(form, "organization"), formText(form, "token")];
  return runAction(async ({ call }) => {
    if (formText(form, "owner") === "organization") await call.tokens.revoke({ organization, token });
    else await call.me.revokeToken({ token });
    refresh();
    return null;
  });
}

/** The lines that make clients use a token; without an organization, of the viewer's first. */
async function shellSettings(call: Viewer["call"], given: string, token: string): Promise<readonly string[]> {
  const url = runningApp().originOf(await headers());
  const organization = given === "" ? (await call.organizations.list({ per_page: "1" })).items[0]?.slug : given;
  if (organization === undefined) return [`export SENTRY_URL=${url}`, `export SENTRY_AUTH_TOKEN=${token}`];
  const { items } = await call.projects.list({ organization, per_page: "1" });
  return settingsLines({ url, organization, token, project: items[0]?.slug ?? "'<your project>'" });
}
