import type { Reader } from "@landfall/db/store";
import { instant } from "@landfall/schema/instant";
import type { InvitationLinkView } from "@landfall/schema/views/invitation";
import { findByEmail } from "../provisioning/ensure-user.ts";
import { findInvitation, invitationState } from "./find-invitation.ts";

/**
 * What whoever holds an invitation's link is told of it, for the page it leads to. Not an operation: the link is the permission. Changes
 * nothing and never throws for a secret that is none.
 */
export async function describeInvitationLink(db: Reader, secret: string, now: Date): Promise<InvitationLinkView> {
  const found = await findInvitation(db, secret);
  if (!found) return { state: "unknown" };
  const { invitation, organization } = found;
  const { email, role, dateExpires } = invitation;
  return {
    state: invitationState(invitation, now),
    organization: { slug: organization.slug, name: organization.name },
    email,
    role,
    dateExpires: instant(dateExpires),
    hasAccount: (await findByEmail(db, email)) !== undefined,
  };
}
