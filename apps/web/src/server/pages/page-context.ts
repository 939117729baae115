import type { Scope } from "@landfall/schema/scope";
import { cookies, headers } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import { type OrganizationUrls, organizationUrls } from "#ui/organization-urls.ts";
import { failureOf } from "./failure.ts";
import { runningApp, type Viewer } from "./running-app.ts";

/** The context of a page of an organization. */
export type OrganizationPage = {
  readonly call: Viewer["call"];
  readonly userId: number;
  /** The slug. */
  readonly organization: string;
  readonly name: string;
  /** The viewer's role; null only for tokens, which cannot open pages. */
  readonly role: string | null;
  /** Whether it is the organization of sample data. */
  readonly isSample: boolean;
  /** Whether the viewer has any one of these scopes; pages offer only what the viewer may do. */
  can(...scopes: readonly Scope[]): boolean;
  readonly to: OrganizationUrls;
};

/**
 * Returns the organization of a URL for its viewer, who is redirected to the sign-in page if signed out. @throws Next's not-found if the
 * organization does not exist or the viewer is not a member, without distinguishing the two.
 */
export const organizationPage = cache(async (slug: string): Promise<OrganizationPage> => {
  const organization = decodeURIComponent(slug);
  const { call, userId } = await signedInViewer((await requestedUrl()) ?? organizationUrls(organization).home);
  const found = await orNotFound(call.organizations.summary({ organization }));
  if (found.slug !== organization) await redirectToCurrentSlug(organizationUrls(organization).home, organizationUrls(found.slug).home);
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

/** Redirects a page below `former`, whose URL has a former slug or an id, to the same page below `current`. */
export async function redirectToCurrentSlug(former: string, current: string): Promise<void> {
  const url = await requestedUrl();
  if (url !== null && (url === former || /^[/?]/.test(url.slice(former.length))) && url.startsWith(former)) {
    redirect(`${current}${url.slice(former.length)}`);
  }
}

/** Awaits the response of an operation. @throws Next's not-found for `not_found` and `forbidden`. */
export async function orNotFound<T>(response: Promise<T>): Promise<T> {
  try {
    return await response;
  } catch (error) {
    const { code } = failureOf(error);
    if (code === "not_found" || code === "forbidden") notFound();
    throw error;
  }
}

/** Returns the path and query of the page that the browser requested; null outside of such a request. */
export const requestedUrl = async (): Promise<string | null> => (await headers()).get("x-page");

/**
 * Returns the signed-in viewer, found once per request; null if signed out. Reads cookies from the jar: a page that is rendered after a
 * server action has the cookies that the action set, which the request headers do not contain.
 */
export const currentViewer = cache(async (): Promise<Viewer | null> => {
  const [sent, jar] = [await headers(), await cookies()];
  return runningApp().viewer({ get: (name) => (name === "cookie" ? jar.toString() : sent.get(name)) });
});

/** Returns the signed-in viewer. Redirects to the sign-in page, and from there back to `path`, if signed out. */
export async function signedInViewer(path: string): Promise<Viewer> {
  const viewer = await currentViewer();
  return viewer ?? redirect(`/sign-in?next=${encodeURIComponent(path)}`);
}

/** Returns the time of the request, the same for all parts of the page. */
export const requestTime = cache((): Date => new Date());
