import { ListInvitationsInput } from "@landfall/schema/inputs/invitation";
import type { InvitationView } from "@landfall/schema/views/invitation";
import type { Page } from "@landfall/schema/views/page";
import { and, desc, eq, isNull } from "drizzle-orm";
import { atOrganization } from "../access/at-organization.ts";
import { query } from "../operation.ts";
import { offsetPage, offsetWindow } from "../pagination/offset-page.ts";
import { describeInvitationDetails, selectInvitations } from "./describe-invitations.ts";
import { MEMBERS_INVITE } from "./invitation-scopes.ts";

/** The organization's invitations that were not used, replaced or taken back, the newest first; those that expired too. */
export const listInvitations = query({
  scope: MEMBERS_INVITE,
  at: atOrganization,
  input: ListInvitationsInput,
  run: async ({ db, at, now }, input): Promise<Page<InvitationView>> => {
    const { invitations } = db.tables;
    const window = offsetWindow(input);
    const rows = await selectInvitations(db)
      .where(and(eq(invitations.organizationId, at.access.organization.id), isNull(invitations.dateUsed)))
      .orderBy(desc(invitations.id))
      .limit(window.limit)
      .offset(window.offset);
    const { items, ...links } = offsetPage(window, rows);
    return { items: items.map((row) => describeInvitationDetails(row, now)), ...links };
  },
});
