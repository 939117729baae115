import { createCaller } from "@landfall/api/app-router";
import type { Auth } from "@landfall/auth/create-auth";
import { signInErrorMessage } from "@landfall/auth/sign-in-page";
import type { App } from "@landfall/core/kernel/app";
import { isServerFault, toAppError } from "@landfall/core/kernel/app-error";
import { type BrowserRequest, requestOrigin } from "@landfall/core/kernel/browser-request";
import type { Context } from "@landfall/core/kernel/context";
import { describeInvitationLink } from "@landfall/core/operations/invitations/accept";
import { describeSetupLink } from "@landfall/core/operations/setup/setup-link";
import { type Documents, NO_DOCUMENTS } from "#server/docs/documents.ts";
import { isLoopbackHost, LOCAL_REQUEST_HEADER } from "#server/http/client-address.ts";
import { firstRunFile, readSetupSecret } from "#server/lifecycle/first-start.ts";
import { VERSION } from "#server/lifecycle/version.ts";
import { completeSetup, createSampleData, joinOrganization, signIn } from "./account-forms.ts";
import { errorDigest } from "./failure-digest.ts";
import type { PageHeaders, RunningApp, UnusedServer } from "./running-app.ts";
import { createStatusReader, readServerFacts, type ServerProcess } from "./server-status.ts";

export type PageAccessOptions = {
  readonly app: App;
  readonly auth: Auth;
  /** The URL that the operator has set; null if none. */
  readonly url: string | null;
  readonly process: ServerProcess;
  /** None by default. */
  readonly documents?: Documents;
  /** Called for every failure of the server: bugs and storage failures. */
  readonly onFailure?: (error: unknown, requestId: string | null) => void;
};

/** Creates the interface through which pages use the app. */
export const pageAccess = ({ app, auth, url, process, documents = NO_DOCUMENTS, onFailure = () => {} }: PageAccessOptions): RunningApp => ({
  version: VERSION,
  documents,
  status: createStatusReader(app.store.read),
  about: () => readServerFacts(app.store.read, process),
  originOf: (headers) => url ?? requestOrigin(browserOf(headers, "GET")),
  unusedServer: (headers) => describeUnusedServer(app, headers, { url, dataDir: process.dataDir }),
  setupLink: (link) => describeSetupLink(app.store.read, link, app.now()),
  setUp: (link, owner) => completeSetup(app, link, owner),
  invitation: (secret) => describeInvitationLink(app.store.read, secret, app.now()),
  join: (secret, invited) => joinOrganization(app, secret, invited),
  async viewer(headers, { acts = false } = {}) {
    const report = (error: unknown): void => markFailure(error, (cause) => onFailure(cause, headers.get("x-request-id")));
    const context = await contextOf(app, headers, acts ? "POST" : "GET").catch((error: unknown) => {
      report(error);
      throw error;
    });
    if (context.actor?.kind !== "user") return null;
    return { userId: context.actor.userId, call: createCaller(context, { onError: ({ error }) => report(error) }) };
  },
  createSample: async (headers) => createSampleData(await contextOf(app, headers, "POST")),
  signInMethods: { provider: auth.hasProvider },
  signInProblem: signInErrorMessage,
  signIn: (headers, credentials) => signIn(auth, browserOf(headers, "POST"), credentials),
  changePassword: (headers, input) => auth.changePassword(browserOf(headers, "POST"), input),
  signOut: (headers) => auth.signOut(browserOf(headers, "POST")),
});

/**
 * Describes a server without accounts; null for any other. The person who opens the setup link becomes its first owner, so the link is only for
 * requests from the machine itself, and never if the operator has set a URL that others can open.
 */
async function describeUnusedServer(
  { store, now }: App,
  headers: PageHeaders,
  { url, dataDir }: { readonly url: string | null; readonly dataDir: string },
): Promise<UnusedServer | null> {
  const { users } = store.read.tables;
  const accounts = await store.read.select({ id: users.id }).from(users).limit(1);
  if (accounts.length > 0) return null;
  const isPublic = url !== null && !isLoopbackHost(new URL(url).host);
  if (headers.get(LOCAL_REQUEST_HEADER) === null || isPublic) return { local: null };
  const { organization } = await createStatusReader(store.read)();
  const secret = await readSetupSecret(dataDir);
  const works = secret !== null && (await describeSetupLink(store.read, secret, now())).state === "unused";
  return { local: { secret: works ? secret : null, file: firstRunFile(dataDir), organization } };
}

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

/** Reports failures of the server, and sets the digest of storage failures, which is all that an error view gets in production. */
function markFailure(error: unknown, report: (cause: unknown) => void): void {
  const cause = error instanceof Error && error.name === "TRPCError" ? error.cause : error;
  // Without a cause it is tRPC's own error, such as for a procedure that does not exist.
  if (cause === undefined) return;
  const failure = toAppError(cause);
  if (isServerFault(cause)) report(cause);
  if (error instanceof Error && failure && failure.retryAfter !== null) Object.assign(error, { digest: errorDigest(failure.code) });
}

/** The request that a page is rendered for. Only the origin of its URL matters. */
const browserOf = (headers: PageHeaders, method: "GET" | "POST"): BrowserRequest => ({
  method,
  url: `http://${headers.get("host") ?? "localhost"}/`,
  headers,
});
