import type { InvitationView } from "@landfall/schema/organizations/invitations";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { revokeInvitation } from "./actions.ts";
import { isRoleWithin } from "./roles.ts";

type InvitationTableProps = {
  readonly organization: string;
  readonly ownRole: string | null;
  readonly invitations: readonly InvitationView[];
};

/** Invitations nobody has used yet. */
export function InvitationTable({ organization, ownRole, invitations }: InvitationTableProps) {
  return (
    <DataTable
      caption="Invitations"
      columns={columnsOf(organization, ownRole)}
      rows={invitations}
      keyOf={({ id }) => id}
      empty={
        <EmptyState title="No invitation is open.">
          <p>Whoever you invite is listed here until they have joined.</p>
        </EmptyState>
      }
    />
  );
}

const columnsOf = (organization: string, ownRole: string | null): readonly Column<InvitationView>[] => [
  { key: "email", head: "Address", grows: true, cell: ({ email }) => <strong title={email}>{email}</strong> },
  { key: "role", head: "Role", cell: ({ role }) => role },
  { key: "team", head: "Team", hideBelow: "tablet", cell: ({ team }) => team ?? <span className="soft">the first</span> },
  { key: "by", head: "Invited by", hideBelow: "tablet", cell: ({ invitedBy }) => invitedBy?.name ?? "the server" },
  {
    key: "expires",
    head: "Expires",
    cell: ({ state, dateExpires }) =>
      state === "expired" ? (
        <Chip tone="bad">
          expired <TimeAgo at={dateExpires} /> ago
        </Chip>
      ) : (
        <TimeAgo at={dateExpires} />
      ),
  },
  {
    key: "acts",
    head: "What to do",
    hidesHead: true,
    align: "end",
    cell: ({ id, email, role }) =>
      isRoleWithin(role, ownRole) && (
        <ConfirmButton
          label="Take back"
          name={`Take back the invitation of ${email}`}
          title={`Take back the invitation of ${email}`}
          action={revokeInvitation}
          hidden={{ organization, invitation: id }}
          submit="Take it back"
          done={`The invitation of ${email} is taken back.`}
        >
          <p>Its link stops working at once. This cannot be undone; you can invite {email} again, with a new link.</p>
        </ConfirmButton>
      ),
  },
];
