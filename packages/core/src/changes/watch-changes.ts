import { NoInput } from "@landfall/schema/inputs/nothing";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { ORGANIZATION_READ } from "../organizations/organization-scopes.ts";
import { requireSession } from "../sessions/at-signed-in.ts";

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
