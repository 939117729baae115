import type { Scope } from "@landfall/schema/scope";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type OrganizationUrls, organizationUrls } from "#ui/organization-urls.ts";
import { failureOf } from "./failure.ts";
import { runningApp, type Viewer } from "./running-app.ts";

/** What each page of an organization starts from. */
export type OrganizationPage = {
  readonly call: Viewer["call"];
  readonly userId: number;
  /** Its slug, as every operation wants it. */
  readonly organization: string;
  readonly name: string;
  /** The viewer's role; null only for tokens, which see no pages. */
  readonly role: string | null;
  /** Whether all of it was made up to show what the pages look like. */
  readonly isSample: boolean;
  /** Whether the viewer may do what any one of these scopes allows here; what they may not do is not offered. */
  can(...scopes: readonly Scope[]): boolean;
  readonly to: OrganizationUrls;
};

/**
 * The organization of a page's address, as its viewer may see it. Sends whoever is not signed in to do so and back; throws Next's
 * not-found for an organization that is not there or not theirs, without telling which.
 */
export const organizationPage = cache(async (slug: string): Promise<OrganizationPage> => {
  const organization = decodeURIComponent(slug);
  const { call, userId } = await signedInViewer((await headers()).get("x-page") ?? organizationUrls(organization).home);
  const found = await orNotFound(call.organizations.about({ organization }));
  const held = new Set(found.scopes);
  return {
    call,
    userId,
    organization: found.slug,
    name: found.name,
    role: found.role,
    isSample: found.isSample,
    can: (...scopes) => scopes.some((scope) => held.has(scope)),
    to: organizationUrls(found.slug),
  };
});

/** What was found; throws Next's not-found for what is not there, and for what the viewer may not see. */
export async function orNotFound<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    const { code } = failureOf(error);
    if (code === "not_found" || code === "forbidden") notFound();
    throw error;
  }
}

/**
 * The person who looks at this page, found once per request; null for nobody. A page that is rendered as the answer to a server action has
 * the cookies that the action set, which the headers of the request do not know: it may have replaced the session.
 */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const [sent, jar] = [await headers(), await cookies()];
  return runningApp().viewer({ get: (name) => (name === "cookie" ? jar.toString() : sent.get(name)) });
});

/** Whoever looks at this page; anybody else is sent to sign in, and back to `path` after it. */
export async function signedInViewer(path: string): Promise<Viewer> {
  const viewer = await currentViewer();
  return viewer ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** The time a page is made for: the same for all its parts, since they are made for one request. */
export const requestTime = cache((): Date => new Date());
