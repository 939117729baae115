import type { App } from "@landfall/core/kernel/app";
import type { Context } from "@landfall/core/kernel/context";
import { type Scope, SCOPES } from "@landfall/schema/scope";
import type { Fixtures } from "../rows/fixtures.ts";

/** The contexts operations run in, by who asks. */
export interface Callers {
  nobody(): Promise<Context>;
  /** Whoever has this token. */
  bearer(token: string): Promise<Context>;
  /** A person by a new token of theirs; with every scope unless some are named. */
  person(email: string, scopes?: readonly Scope[]): Promise<Context>;
  /** CI, by a new token of the organization. */
  ci(organization: string): Promise<Context>;
}

/** Callers of one application, whose people and organizations were made with `given`. */
export function callers(app: App, given: Fixtures): Callers {
  const context = (authorization: string | null) => app.contextOf({ authorization, userAgent: "sentry-cli/3.8.0", requestId: null });
  const bearer = (token: string) => context(`Bearer ${token}`);
  return {
    nobody: () => context(null),
    bearer,
    person: async (email, scopes = SCOPES) => bearer(await given.userToken(email, scopes)),
    ci: async (organization) => bearer(await given.orgToken(organization)),
  };
}
