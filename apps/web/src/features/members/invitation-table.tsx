import type { InvitationView } from "@landfall/schema/organizations/invitations";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { revokeInvitation } from "./actions.ts";
import { isRoleWithin } from "./roles.ts";

type InvitationTableProps = {
  readonly organization: string;
  readonly ownRole: string | null;
  readonly invitations: readonly InvitationView[];
};

/** The open and expired invitations. */
export function InvitationTable({ organization, ownRole, invitations }: InvitationTableProps) {
  return (
    <DataTable
      caption="Invitations"
      columns={columnsOf(organization, ownRole)}
      rows={invitations}
      keyOf={({ id }) => id}
      empty={
        <EmptyState title="No open invitations">
          <p>People you invite are listed here until they join.</p>
        </EmptyState>
      }
    />
  );
}

const columnsOf = (organization: string, ownRole: string | null): readonly Column<InvitationView>[] => [
  { key: "email", head: "Email", grows: true, cell: ({ email }) => <strong title={email}>{email}</strong> },
  { key: "role", head: "Role", cell: ({ role }) => role },
  { key: "team", head: "Team", hideBelow: "tablet", cell: ({ team }) => team ?? <span className="soft">first team</span> },
  { key: "by", head: "Invited by", hideBelow: "tablet", cell: ({ invitedBy }) => invitedBy?.name ?? "the server" },
  {
    key: "expires",
    head: "Expires",
    cell: ({ state, dateExpires }) =>
      state === "expired" ? (
        <Chip tone="bad">
          expired <TimeAgo at={dateExpires} />
        </Chip>
      ) : (
        <TimeAgo at={dateExpires} />
      ),
  },
  actionsColumn(
    ({ id, email, role }) =>
      isRoleWithin(role, ownRole) && (
        <ConfirmButton
          label="Revoke"
          name={`Revoke the invitation of ${email}`}
          title={`Revoke the invitation of ${email}`}
          action={revokeInvitation}
          hidden={{ organization, invitation: id }}
          submit="Revoke invitation"
          done={`Invitation of ${email} revoked.`}
        >
          <p>Its link stops working immediately. This cannot be undone, but you can invite {email} again with a new link.</p>
        </ConfirmButton>
      ),
  ),
];
