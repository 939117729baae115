import type { Scope } from "@landfall/schema/scope";

/** A person, by one of their tokens (`tokenId`) or by a session (`tokenId` null). */
export type UserActor = { readonly kind: "user"; readonly userId: number; readonly tokenId: number | null; readonly scopes: ReadonlySet<Scope> };

/** An organization's own token: CI. */
export type OrganizationActor = {
  readonly kind: "organization";
  readonly organizationId: number;
  readonly tokenId: number;
  readonly scopes: ReadonlySet<Scope>;
};

/** The server itself: provisioning from the command line. Never made from a request. */
export type SystemActor = { readonly kind: "system"; readonly scopes: ReadonlySet<Scope> };

export type Actor = UserActor | OrganizationActor | SystemActor;

/** How the audit log names an actor. */
export function actorLabel(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "organization":
      return `token:${actor.tokenId}`;
    case "system":
      return "system";
  }
}
