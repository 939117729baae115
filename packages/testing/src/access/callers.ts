import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { type Scope, SCOPES } from "@landfall/schema/scope";
import type { Fixtures } from "../rows/fixtures.ts";

/** The contexts of operations, by caller. */
export interface Callers {
  anonymous(): Promise<Context>;
  /** The owner of this token. */
  bearer(token: string): Promise<Context>;
  /** A user with a new user token, by default with every scope. */
  person(email: string, scopes?: readonly Scope[]): Promise<Context>;
  /** CI with a new organization token. */
  ci(organization: string): Promise<Context>;
}

/** Callers of an application with the users and organizations of `given`. */
export function callers(app: App, given: Fixtures): Callers {
  const context = (authorization: string | null) => app.contextOf({ authorization, userAgent: "sentry-cli/3.8.0", requestId: null });
  const bearer = (token: string) => context(`Bearer ${token}`);
  return {
    anonymous: () => context(null),
    bearer,
    person: async (email, scopes = SCOPES) => bearer(await given.userToken(email, scopes)),
    ci: async (organization) => bearer(await given.orgToken(organization)),
  };
}
