import type { createCaller } from "@landfall/api/app-router";
import type { CookieToSet } from "@landfall/auth/cookies";
import type { Auth } from "@landfall/auth/create-auth";
import type { SetupLinkDetails } from "@landfall/core/operations/setup/setup-link";
import type { InvitationLinkView } from "@landfall/schema/organizations/invitations";
import type { Documents } from "#server/docs/documents.ts";
import type { InvitationForm, JoinOutcome, SampleOutcome, SetupForm, SetUpOutcome, SignInOutcome } from "./account-forms.ts";
import type { ServerFacts, ServerStatus } from "./server-status.ts";

/** The headers of the request that a page is rendered for. */
export type PageHeaders = { get(name: string): string | null };

/** The signed-in person, and a tRPC caller that acts as them. */
export type Viewer = { readonly userId: number; readonly call: ReturnType<typeof createCaller> };

/** A server without accounts. Only a person on the machine of the server gets to know more than that. */
export type UnusedServer = {
  readonly local: {
    /** The secret of the setup link; null if `first-run.txt` does not have one that still works. */
    readonly secret: string | null;
    readonly file: string;
    /** The slug of the first organization; null without one. */
    readonly organization: string | null;
  } | null;
};

/** The interface of the server to its pages. Pages import only types of the server, since Next bundles them separately. */
export interface RunningApp {
  readonly version: string;
  /** The documentation. Readable without signing in and without the database. */
  readonly documents: Documents;
  status(): Promise<ServerStatus>;
  /** The version, database and data directory of the server. The page decides what to show to whom. */
  about(): Promise<ServerFacts>;
  /** Returns the URL that the operator has set, or the origin that the request was sent to. */
  originOf(headers: PageHeaders): string;
  /** Describes a server without accounts to a request for its start page; null for a server that has accounts. */
  unusedServer(headers: PageHeaders): Promise<UnusedServer | null>;
  /** Describes a setup link. */
  setupLink(link: string): Promise<SetupLinkDetails>;
  /** Redeems a setup link: creates an owner. Returns what is wrong with the form. */
  setUp(link: string, owner: SetupForm): Promise<SetUpOutcome>;
  /** Describes an invitation link. */
  invitation(secret: string): Promise<InvitationLinkView>;
  /** Redeems an invitation for a person without an account. Returns what is wrong with the form. */
  join(secret: string, invited: InvitationForm): Promise<JoinOutcome>;
  /**
   * Returns the person of the request's session cookie; null if signed out. With `acts`, for server actions, the request must come from a
   * page of this server. @throws `forbidden` otherwise.
   */
  viewer(headers: PageHeaders, options?: { readonly acts?: boolean }): Promise<Viewer | null>;
  /**
   * Creates the organization `sample` with sample data, owned by the signed-in person, in about a second. There is at most one;
   * `organizations.delete` removes it. For server actions.
   */
  createSample(headers: PageHeaders): Promise<SampleOutcome>;
  /** The sign-in methods besides passwords: an OIDC provider, at `/api/auth/sign-in/oidc?next=/path`. */
  readonly signInMethods: { readonly provider: boolean };
  /** Returns the message of the sign-in page for `?error=<code>`. */
  signInProblem(code: string): string;
  /** Signs in by password. For server actions. */
  signIn(headers: PageHeaders, credentials: { readonly email: string; readonly password: string }): Promise<SignInOutcome>;
  /** Changes the signed-in person's password. Returns the cookies of their new session. @throws as `Auth` does. For server actions. */
  changePassword(headers: PageHeaders, input: unknown): ReturnType<Auth["changePassword"]>;
  /** Signs out. Returns the cookies to set. For server actions. */
  signOut(headers: PageHeaders): Promise<readonly CookieToSet[]>;
}

const KEY = Symbol.for("landfall.app");

/** Makes the running app available to the pages. */
export function publishApp(running: RunningApp): void {
  Object.assign(globalThis, { [KEY]: running });
}

/** Returns the app of the server this page runs in. @throws outside of a server, as during a build. */
export function runningApp(): RunningApp {
  const running: unknown = Reflect.get(globalThis, KEY);
  if (!isRunningApp(running)) throw new Error("no server runs in this process");
  return running;
}

/** Only `publishApp` sets the key, so any object there is a `RunningApp`. */
const isRunningApp = (value: unknown): value is RunningApp => typeof value === "object" && value !== null;
