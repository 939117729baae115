import { createCaller } from "@landfall/api/app-router";
import type { Auth } from "@landfall/auth/create-auth";
import { signInErrorMessage } from "@landfall/auth/sign-in-page";
import type { App } from "@landfall/core/kernel/app";
import { isServerFault, toAppError } from "@landfall/core/kernel/app-error";
import { type BrowserRequest, requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { describeInvitationLink } from "@landfall/core/operations/invitations/accept";
import { describeSetupLink } from "@landfall/core/operations/setup/setup-link";
import { VERSION } from "#server/lifecycle/version.ts";
import { completeSetup, createSampleData, joinOrganization, signIn } from "./account-forms.ts";
import { errorDigest } from "./failure-digest.ts";
import type { PageHeaders, RunningApp } from "./running-app.ts";
import { createStatusReader, readServerFacts, type ServerProcess } from "./server-status.ts";

export type PageAccessOptions = {
  readonly app: App;
  readonly auth: Auth;
  /** The address the operator has set, if any. */
  readonly url: string | null;
  readonly process: ServerProcess;
  /** Called for every failure that is not the caller's: a bug, or trouble of database and disks. */
  readonly onFailure?: (error: unknown, requestId: string | null) => void;
};

/** The running app as pages may use it. */
export const pageAccess = ({ app, auth, url, process, onFailure = () => {} }: PageAccessOptions): RunningApp => ({
  version: VERSION,
  status: createStatusReader(app.store.read),
  about: () => readServerFacts(app.store.read, process),
  originOf: (headers) => url ?? requestOrigin(browserOf(headers, "GET")),
  setupLink: (link) => describeSetupLink(app.store.read, link, app.now()),
  setUp: (link, newcomer) => completeSetup(app, link, newcomer),
  invitation: (secret) => describeInvitationLink(app.store.read, secret, app.now()),
  join: (secret, invited) => joinOrganization(app, secret, invited),
  async viewer(headers, { acts = false } = {}) {
    const fail = (error: unknown): void => markFailure(error, (cause) => onFailure(cause, headers.get("x-request-id")));
    const context = await contextOf(app, headers, acts ? "POST" : "GET").catch((error: unknown) => {
      fail(error);
      throw error;
    });
    if (context.actor?.kind !== "user") return null;
    return { userId: context.actor.userId, call: createCaller(context, { onError: ({ error }) => fail(error) }) };
  },
  createSample: async (headers) => createSampleData(await contextOf(app, headers, "POST")),
  signInWays: { provider: auth.hasProvider },
  signInProblem: signInErrorMessage,
  signIn: (headers, typed) => signIn(auth, browserOf(headers, "POST"), typed),
  changePassword: (headers, given) => auth.changePassword(browserOf(headers, "POST"), given),
  signOut: (headers) => auth.signOut(browserOf(headers, "POST")),
});

function contextOf(app: App, headers: PageHeaders, method: "GET" | "POST"): Promise<Context> {
  const browser = browserOf(headers, method);
  return app.contextOf({
    authorization: null,
    userAgent: headers.get("user-agent"),
    requestId: headers.get("x-request-id"),
    requestedOrigin: () => requestOrigin(browser),
    browser,
  });
}

/**
 * Reports what is not the caller's, and gives trouble of the database or a disk a digest: an error view is told no more of an error in
 * production.
 */
function markFailure(error: unknown, report: (cause: unknown) => void): void {
  const cause = error instanceof Error && error.name === "TRPCError" ? error.cause : error;
  // Without a cause it is tRPC's own refusal, such as of a procedure that does not exist.
  if (cause === undefined) return;
  const failure = toAppError(cause);
  if (isServerFault(cause)) report(cause);
  if (error instanceof Error && failure && failure.retryAfter !== null) Object.assign(error, { digest: errorDigest(failure.code) });
}

/** What a page knows of the request it is made for; its own address does not matter, only the server's. */
const browserOf = (headers: PageHeaders, method: "GET" | "POST"): BrowserRequest => ({
  method,
  url: `http://${headers.get("host") ?? "localhost"}/`,
  headers,
});
