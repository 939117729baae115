import { type Scope, SCOPES } from "@landfall/schema/scope";

/** A person who calls with one of their tokens (`tokenId`) or is signed in (`tokenId` is null, `sessionId` is their session). */
type UserActor = {
  readonly kind: "user";
  readonly userId: number;
  readonly tokenId: number | null;
  readonly sessionId?: number;
  readonly scopes: ReadonlySet<Scope>;
};

export type SessionActor = UserActor & { readonly sessionId: number };

/** An organization token, mostly used by CI. */
type OrganizationActor = {
  readonly kind: "organization";
  readonly organizationId: number;
  readonly tokenId: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** The sender of a signed release webhook, which may report releases of one project and reaches no other. */
export type HookActor = {
  readonly kind: "hook";
  readonly organizationId: number;
  readonly projectId: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** The server itself, as in commands of the operator. Never created from a request. */
type SystemActor = { readonly kind: "system"; readonly scopes: ReadonlySet<Scope> };

export type Actor = UserActor | OrganizationActor | HookActor | SystemActor;

const ALL_SCOPES: ReadonlySet<Scope> = new Set(SCOPES);

/** The actor of commands and jobs of the server. Never given to a request. */
export const SYSTEM_ACTOR: SystemActor = { kind: "system", scopes: ALL_SCOPES };

/** The actor for a person without a token: every scope, which their role limits in each organization. */
export const userActor = (userId: number): UserActor => ({ kind: "user", userId, tokenId: null, scopes: ALL_SCOPES });

/** The actor for a person who is signed in. */
export const sessionActor = (userId: number, sessionId: number): SessionActor => ({ ...userActor(userId), sessionId });

/** The label of an actor in the audit log. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "organization":
      return `token:${actor.tokenId}`;
    case "hook":
      return `hook:${actor.projectId}`;
    case "system":
      return "system";
  }
}
