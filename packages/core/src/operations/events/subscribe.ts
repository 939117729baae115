import { NoInput } from "@landfall/schema/fields/query";
import { requireSession } from "../../access/authenticate-session.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_READ } from "../../access/scopes.ts";
import { query } from "../../kernel/operation.ts";

/** A signed-in member, and the organization whose events they follow. */
export type EventSubscriber = { readonly userId: number; readonly organizationId: number };

/**
 * Checks that the caller may follow the events of an organization, which requires a signed-in member.
 *
 * @throws 403 for tokens.
 */
export const subscribeToEvents = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ actor, at: { access } }): Promise<EventSubscriber> =>
    Promise.resolve({ userId: requireSession(actor).userId, organizationId: access.organization.id }),
});
