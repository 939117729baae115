import type { createCaller } from "@landfall/api/app-router";
import type { CookieToSet } from "@landfall/auth/cookies";
import type { Auth } from "@landfall/auth/create-auth";
import type { SetupLinkDetails } from "@landfall/core/operations/setup/setup-link";
import type { InvitationLinkView } from "@landfall/schema/organizations/invitations";
import type { InvitationForm, JoinOutcome, SampleOutcome, SetupForm, SetUpOutcome, SignInOutcome } from "./account-forms.ts";
import type { ServerFacts, ServerStatus } from "./server-status.ts";

/** The headers of the request a page is made for. */
export type PageHeaders = { get(name: string): string | null };

/** Somebody signed in, and every operation as they may call it, with the rules and errors of tRPC. */
export type Viewer = { readonly userId: number; readonly call: ReturnType<typeof createCaller> };

/** What pages reach of the server they run in. Only types cross: Next bundles the pages apart from the server. */
export interface RunningApp {
  readonly version: string;
  status(): Promise<ServerStatus>;
  /** What the server is and where it keeps its data, for those who look after it; what of it to show to whom is the page's to decide. */
  about(): Promise<ServerFacts>;
  /** The address a request to this server was sent to, or the one the operator has set. */
  originOf(headers: PageHeaders): string;
  /** What a setup link is good for. */
  setupLink(link: string): Promise<SetupLinkDetails>;
  /** Uses a setup link up: makes its administrator. Never throws for what the caller may mend. */
  setUp(link: string, newcomer: SetupForm): Promise<SetUpOutcome>;
  /** What an invitation's link is good for. */
  invitation(secret: string): Promise<InvitationLinkView>;
  /** Uses an invitation up: makes the account of whoever has none. Never throws for what they may mend. */
  join(secret: string, invited: InvitationForm): Promise<JoinOutcome>;
  /**
   * Whoever the request's session cookie names; null for nobody. `acts` in server actions: the request must then come from a page of
   * this server, or it throws `forbidden`.
   */
  viewer(headers: PageHeaders, options?: { readonly acts?: boolean }): Promise<Viewer | null>;
  /**
   * Makes the organization `sample` with made-up data, owned by whoever is signed in; in a server action, and takes about a second. There
   * is one at a time; `organizations.delete` takes it away. Never throws for what the caller may mend.
   */
  createSample(headers: PageHeaders): Promise<SampleOutcome>;
  /** How people may sign in besides with a password: with a provider, by the link `/api/auth/sign-in/oidc?next=/path`. */
  readonly signInWays: { readonly provider: boolean };
  /** What the sign-in page says when it was opened with `?error=<code>`. */
  signInProblem(code: string): string;
  /** Signs in by password, in a server action. Never throws for what the caller may mend. */
  signIn(headers: PageHeaders, typed: { readonly email: string; readonly password: string }): Promise<SignInOutcome>;
  /** Changes the password of the person signed in, in a server action; returns the cookies of their new session. Throws as `Auth` does. */
  changePassword(headers: PageHeaders, given: unknown): ReturnType<Auth["changePassword"]>;
  /** Signs out, in a server action; answers the cookies to set. */
  signOut(headers: PageHeaders): Promise<readonly CookieToSet[]>;
}

const KEY = Symbol.for("landfall.app");

/** Makes the one running app known to the pages. */
export function publishApp(running: RunningApp): void {
  Object.assign(globalThis, { [KEY]: running });
}

/** The app of the server this page runs in. Throws outside a server, as in a build. */
export function runningApp(): RunningApp {
  const running: unknown = Reflect.get(globalThis, KEY);
  if (!isRunningApp(running)) throw new Error("no server runs in this process");
  return running;
}

/** Only `publishApp` writes the key, so that anything there is one. */
const isRunningApp = (value: unknown): value is RunningApp => typeof value === "object" && value !== null;
