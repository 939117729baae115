import { trpcHandler } from "@landfall/api/trpc-handler";
import { createApp } from "@landfall/core/create-app";
import type { App } from "@landfall/core/kernel/app";
import { provision } from "@landfall/core/operations/setup/provision";
import { restHandler } from "@landfall/rest/rest-handler";
import { type TestClock, testClock, testRandom } from "@landfall/testing/create-test-app";
import { type Fixtures, fixtures } from "@landfall/testing/rows/fixtures";
import { openTestStore, type TestStoreKind } from "@landfall/testing/stores/open-test-store";
import { authHandler } from "../src/auth-handler.ts";
import { type Auth, createAuth } from "../src/create-auth.ts";
import type { OidcOptions } from "../src/engine.ts";
import { type Browser, browserAt, type Server } from "./browser.ts";

/** A server with sign-in and a fresh database: olga@acme.test owns acme and has the password "correct horse". */
export interface SignInWorld {
  readonly app: App;
  readonly clock: TestClock;
  readonly given: Fixtures;
  readonly auth: Auth;
  readonly server: Server;
  /** The reported problems between the server and the provider. */
  readonly problems: readonly string[];
  browser(options?: { readonly origin?: string; readonly client?: string }): Browser;
  /** A signed-in browser. */
  signedIn(email?: string, password?: string): Promise<Browser>;
  /** Closes the world. Throws if a bug was reported. */
  close(): Promise<void>;
}

export const OLGA = { email: "olga@acme.test", password: "correct horse" };

/** Opens the world. `origin` is the configured origin, if any. */
export async function signInWorld(
  kind: TestStoreKind = "sqlite",
  { origin = "http://landfall.test", oidc = null }: { readonly origin?: string; readonly oidc?: OidcOptions | null } = {},
): Promise<SignInWorld> {
  const { store, close } = await openTestStore(kind);
  const clock = testClock();
  const app = createApp({ store, origin, now: clock.now, randomHex: testRandom() });
  const bugs: unknown[] = [];
  const problems: string[] = [];
  const onBug = (error: unknown) => void bugs.push(error);
  const signing = createAuth({ app, oidc, onProblem: (message) => void problems.push(message) });
  const auth = authHandler({ auth: signing, bodies: app.bodies, onBug });
  const trpc = trpcHandler({ app, onBug });
  const rest = restHandler({ app, onBug });
  const server: Server = async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/auth/")) return auth(request);
    return pathname.startsWith("/api/trpc/") ? trpc(request) : rest(request);
  };
  const context = await app.contextOf({ authorization: null, userAgent: null, requestId: null });
  await provision(context, { organization: "acme", projects: ["web"], ...OLGA });
  const browser: SignInWorld["browser"] = (options) => browserAt(server, { origin, ...options });
  return {
    app,
    clock,
    given: fixtures(store),
    auth: signing,
    server,
    problems,
    browser,
    async signedIn(email = OLGA.email, password = OLGA.password) {
      const signedIn = browser();
      const response = await signedIn.post("/api/auth/sign-in/password", { email, password });
      if (response.status !== 204) throw new Error(`the sign-in returned ${response.status}: ${await response.text()}`);
      return signedIn;
    },
    async close() {
      await close();
      if (bugs.length > 0) throw new AggregateError(bugs, "reported as bugs");
    },
  };
}
