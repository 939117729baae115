import { NoInput } from "@landfall/schema/fields/query";
import { requireSession } from "../../access/authenticate-session.ts";
import { atOrganization } from "../../access/organization-access.ts";
import { ORGANIZATION_READ } from "../../access/scopes.ts";
import { query } from "../../kernel/operation.ts";

/** Who may hear of changes, and of which organization's. */
export type EventSubscriber = { readonly userId: number; readonly organizationId: number };

/** Whether the caller may hear of an organization's changes: a member of it who is signed in. Throws 403 for tokens. */
export const subscribeToEvents = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: NoInput,
  run: ({ actor, at: { access } }): Promise<EventSubscriber> =>
    Promise.resolve({ userId: requireSession(actor).userId, organizationId: access.organization.id }),
});
