import type { MemberView } from "@landfall/schema/views/organization";
import { ConfirmButton } from "../../../../../../ui/dialog/confirm-button.tsx";
import { Avatar } from "../../../../../../ui/face.tsx";
import { EmptyState } from "../../../../../../ui/nothing-here.tsx";
import { type Column, DataTable } from "../../../../../../ui/table/data-table.tsx";
import { addTeamMember, removeTeamMember } from "../team-actions.ts";

type TeamMemberTableProps = {
  readonly organization: string;
  readonly team: string;
  readonly members: readonly MemberView[];
  readonly mayChange: boolean;
};

/** Who is in a team. */
export function TeamMemberTable({ organization, team, members, mayChange }: TeamMemberTableProps) {
  return (
    <DataTable
      caption="Members of the team"
      columns={mayChange ? [...MEMBER_COLUMNS, memberActionsColumn(organization, team)] : MEMBER_COLUMNS}
      rows={members}
      keyOf={({ id }) => id}
      empty={<EmptyState title="Nobody is in this team." />}
    />
  );
}

const MEMBER_COLUMNS: readonly Column<MemberView>[] = [
  {
    key: "who",
    head: "Member",
    grows: true,
    cell: ({ name, email }) => (
      <>
        <Avatar name={name} email={email} /> {name} {name !== email && <span className="soft">{email}</span>}
      </>
    ),
  },
  { key: "role", head: "Role", cell: ({ role }) => role },
];

const memberActionsColumn = (organization: string, team: string): Column<MemberView> => ({
  key: "acts",
  head: "What to do",
  hidesHead: true,
  align: "end",
  cell: ({ name, email, teams }) => (
    <ConfirmButton
      label="Remove"
      name={`Remove ${name} from the team`}
      title={`Remove ${name} from the team`}
      action={removeTeamMember}
      undo={addTeamMember}
      hidden={{ organization, team, email }}
      submit="Remove them"
      done={`${name} is not in the team any more.`}
    >
      <p>
        They stay in the organization{teams.length > 1 && ` and in ${teams.filter((slug) => slug !== team).join(", ")}`}. Where membership
        is closed, they lose this team&rsquo;s projects.
      </p>
    </ConfirmButton>
  ),
});
