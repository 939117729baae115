"use server";

import { isScope } from "@landfall/schema/scope";
import { refresh } from "next/cache";
import { headers } from "next/headers";
import { settingsLines } from "#server/lifecycle/client-settings.ts";
import { runningApp, type Viewer } from "#server/pages/running-app.ts";
import { formText, formTexts, runAction, runChange } from "#server/pages/server-action.ts";
import type { Outcome } from "#ui/forms/outcome.ts";
import { expiryDate } from "./format.ts";

/** A new token, which is shown only once. */
export type CreatedToken = {
  readonly token: string;
  /** Shell commands that make clients use it. */
  readonly lines: readonly string[];
  /** The date until which the rotated token works; null for a token that replaces none. */
  readonly oldWorksUntil: string | null;
};

/** Creates a personal or an organization token, by the field `owner`. */
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

/** Rotates a token. */
export async function rotateToken(form: FormData): Promise<Outcome<CreatedToken>> {
  const [organization, token] = [formText(form, "organization"), formText(form, "token")];
  return runAction(async ({ call }) => {
    const rotated =
      formText(form, "owner") === "organization" ? await call.tokens.rotate({ organization, token }) : await call.me.rotateToken({ token });
    refresh();
    return {
      token: rotated.token,
      lines: await shellSettings(call, organization, rotated.token),
      oldWorksUntil: rotated.replaced.dateExpires,
    };
  });
}

/** Revokes a token. */
export async function revokeToken(form: FormData): Promise<Outcome> {
  const [organization, token] = [formText(form, "organization"), formText(form, "token")];
  return runChange(async ({ call }) => {
    if (formText(form, "owner") === "organization") await call.tokens.revoke({ organization, token });
    else await call.me.revokeToken({ token });
  });
}

/** Returns shell commands that make clients use a token. Without an organization, those of the viewer's first one. */
async function shellSettings(call: Viewer["call"], slug: string, token: string): Promise<readonly string[]> {
  const url = runningApp().originOf(await headers());
  const organization = slug === "" ? (await call.organizations.list({ per_page: "1" })).items[0]?.slug : slug;
  if (organization === undefined) return [`export SENTRY_URL=${url}`, `export SENTRY_AUTH_TOKEN=${token}`];
  const { items } = await call.projects.list({ organization, per_page: "1" });
  return settingsLines({ url, organization, token, project: items[0]?.slug ?? "'<your project>'" });
}
