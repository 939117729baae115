import type { Role } from "@landfall/schema/scope";
import type { InvitationView } from "@landfall/schema/views/invitation";
import type { MemberView } from "@landfall/schema/views/organization";
import type { ReactNode } from "react";
import { Chip } from "../../../../../ui/chip.tsx";
import { Avatar } from "../../../../../ui/face.tsx";
import { type Column, DataTable } from "../../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { MemberActions } from "./member-acts.tsx";
import classes from "./member-table.module.css";
import { isRoleWithin } from "./roles.ts";

/** What the viewer may do with members. */
export type MemberRights = {
  readonly organization: string;
  readonly userId: string;
  readonly ownRole: string | null;
  /** The roles they may give; none when they may not change any. */
  readonly roles: readonly Role[];
  readonly mayRemove: boolean;
};

type MemberTableProps = {
  readonly members: readonly MemberView[];
  readonly rights: MemberRights;
  /** Open ones, to tell which of them end with a member. */
  readonly invitations: readonly InvitationView[];
  readonly empty: ReactNode;
};

/** Who is in the organization: as what, in which teams, and when they signed in last. */
export function MemberTable({ members, rights, invitations, empty }: MemberTableProps) {
  return <DataTable caption="Members" columns={columnsOf(rights, invitations)} rows={members} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (rights: MemberRights, invitations: readonly InvitationView[]): readonly Column<MemberView>[] => [
  {
    key: "who",
    head: "Member",
    grows: true,
    cell: ({ id, name, email, role, isActive }) => (
      <span className={classes["who"]}>
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
    key: "seen",
    head: "Last sign-in",
    hideBelow: "phone",
    cell: ({ lastLogin }) => (lastLogin === null ? <span className="soft">never</span> : <TimeAgo at={lastLogin} />),
  },
  ...(rights.roles.length > 0 || rights.mayRemove ? [actionsColumn(rights, invitations)] : []),
];

const actionsColumn = (rights: MemberRights, invitations: readonly InvitationView[]): Column<MemberView> => ({
  key: "acts",
  head: "What to do",
  hidesHead: true,
  align: "end",
  cell: (member) =>
    isRoleWithin(member.role, rights.ownRole) && (
      <MemberActions member={member} rights={rights} invited={invitations.filter(({ invitedBy }) => invitedBy?.id === member.id).length} />
    ),
});
