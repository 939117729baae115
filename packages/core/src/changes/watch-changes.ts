import { Nothing } from "@landfall/schema/inputs/nothing";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { ORGANIZATION_READ } from "../organizations/organization-scopes.ts";
import { signedIn } from "../sessions/at-signed-in.ts";

/** Who may hear of changes, and of which organization's. */
export type Watcher = { readonly userId: number; readonly organizationId: number };

/** Whether the caller may hear of an organization's changes: a member of it who is signed in. Throws 403 for tokens. */
export const watchChanges = query({
  scope: ORGANIZATION_READ,
  at: atOrganization,
  input: Nothing,
  run: ({ actor, at: { access } }): Promise<Watcher> =>
    Promise.resolve({ userId: signedIn(actor).userId, organizationId: access.organization.id }),
});
