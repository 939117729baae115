import { type Scope, SCOPES } from "@landfall/schema/scope";

/** A person, by one of their tokens (`tokenId`) or signed in (`tokenId` null, `sessionId` which session). */
export type UserActor = {
  readonly kind: "user";
  readonly userId: number;
  readonly tokenId: number | null;
  readonly sessionId?: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** An organization's own token: CI. */
type OrganizationActor = {
  readonly kind: "organization";
  readonly organizationId: number;
  readonly tokenId: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** The sender of a signed release webhook: may report releases of one project, and reaches no other. Made and used only where the webhook is answered. */
export type HookActor = {
  readonly kind: "hook";
  readonly organizationId: number;
  readonly projectId: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** The server itself: provisioning from the command line. Never made from a request. */
type SystemActor = { readonly kind: "system"; readonly scopes: ReadonlySet<Scope> };

export type Actor = UserActor | OrganizationActor | HookActor | SystemActor;

/** How the audit log names an actor. */
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

/** The server itself, acting for whoever may start it. Never given to a request. */
export const SYSTEM_ACTOR: SystemActor = { kind: "system", scopes: new Set(SCOPES) };
