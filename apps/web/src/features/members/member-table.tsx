import type { InvitationView } from "@landfall/schema/organizations/invitations";
import type { MemberView } from "@landfall/schema/organizations/teams";
import type { Role } from "@landfall/schema/scope";
import { Checkbox } from "@mantine/core";
import type { ReactNode } from "react";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { removeMember } from "./actions.ts";
import { ChangeRole } from "./member-forms.tsx";
import { isRoleWithin } from "./roles.ts";
import classes from "./member-table.module.css";

/** What the viewer may do with members. */
type MemberRights = {
  readonly organization: string;
  readonly userId: string;
  readonly ownRole: string | null;
  /** The roles they may assign; empty if they may not change roles. */
  readonly roles: readonly Role[];
  readonly mayRemove: boolean;
};

type MemberTableProps = {
  readonly members: readonly MemberView[];
  readonly rights: MemberRights;
  /** The open invitations, to count those that are revoked with a member. */
  readonly invitations: readonly InvitationView[];
  readonly empty: ReactNode;
};

/** The members with role, teams and last sign-in. */
export function MemberTable({ members, rights, invitations, empty }: MemberTableProps) {
  return <DataTable caption="Members" columns={columnsOf(rights, invitations)} rows={members} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (rights: MemberRights, invitations: readonly InvitationView[]): readonly Column<MemberView>[] => [
  {
    key: "member",
    head: "Member",
    grows: true,
    cell: ({ id, name, email, role, isActive }) => (
      <span className={classes["member"]}>
        <Avatar name={name} email={email} />
        <strong className="cut" title={name}>
          {name}
        </strong>
        {name !== email && <span className={classes["email"]}>{email}</span>}
        <span className={classes["role"]}>{role}</span>
        {id === rights.userId && <Chip>you</Chip>}
        {!isActive && <Chip tone="warn">deactivated</Chip>}
      </span>
    ),
  },
  { key: "role", head: "Role", hideBelow: "phone", cell: ({ role }) => role },
  {
    key: "teams",
    head: "Teams",
    hideBelow: "tablet",
    cell: ({ teams }) => (
      <span className={classes["teams"]} title={teams.join(", ")}>
        {teams.length === 0 ? <span className="soft">none</span> : teams.join(", ")}
      </span>
    ),
  },
  {
    key: "last-sign-in",
    head: "Last sign-in",
    hideBelow: "phone",
    cell: ({ lastLogin }) => (lastLogin === null ? <span className="soft">never</span> : <TimeAgo at={lastLogin} />),
  },
  ...(rights.roles.length > 0 || rights.mayRemove
    ? [
        actionsColumn(
          (member: MemberView) =>
            isRoleWithin(member.role, rights.ownRole) && (
              <MemberActions
                member={member}
                rights={rights}
                invited={invitations.filter(({ invitedBy }) => invitedBy?.id === member.id).length}
              />
            ),
        ),
      ]
    : []),
];

type MemberActionsProps = {
  readonly member: MemberView;
  readonly rights: MemberRights;
  /** How many open invitations they created. */
  readonly invited: number;
};

/** The buttons of a member. */
function MemberActions({ member: { id, name, email, role, teams, createdTokens }, rights, invited }: MemberActionsProps) {
  const { organization, userId, roles, mayRemove } = rights;
  const hidden = { organization, member: id };
  const isViewer = id === userId;
  return (
    <>
      {roles.length > 0 && <ChangeRole name={name} role={role} roles={roles} hidden={hidden} />}
      {mayRemove && (
        <ConfirmButton
          label={isViewer ? "Leave" : "Remove"}
          name={isViewer ? "Leave the organization" : `Remove ${name}`}
          title={isViewer ? "Leave the organization" : `Remove ${name}`}
          action={removeMember}
          hidden={hidden}
          submit={isViewer ? "Leave organization" : "Remove member"}
          done={isViewer ? "You have left the organization." : `${name} is no longer a member.`}
        >
          <p>
            {isViewer ? "You lose" : `${email} loses`} the role {role}
            {teams.length > 0 && ` and ${teams.length === 1 ? "the team" : "the teams"} ${teams.join(", ")}`}. {isViewer ? "Your" : "Their"}{" "}
            personal tokens lose access to this organization.
            {invited > 0 &&
              ` ${invited} open ${invited === 1 ? "invitation" : "invitations"} ${isViewer ? "you" : "they"} created will be revoked.`}
          </p>
          <p>
            {isViewer ? "Your" : "Their"} commits, deploys and audit events are kept.{" "}
            {isViewer ? "To come back, you need a new invitation." : "To undo this, invite them again."}
          </p>
          {createdTokens > 0 && (
            <Checkbox
              name="revokeTokens"
              value="yes"
              label={`Also revoke the ${createdTokens === 1 ? "organization token" : `${createdTokens} organization tokens`} ${isViewer ? "you" : "they"} created and may still have`}
              description={`Pipelines that use ${createdTokens === 1 ? "it" : "them"} need a new token.`}
            />
          )}
        </ConfirmButton>
      )}
    </>
  );
}
