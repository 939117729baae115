import { Checkbox } from "@mantine/core";
import type { MemberView } from "@landfall/schema/views/organization";
import { ConfirmButton } from "../../../../../ui/dialog/confirm-button.tsx";
import { ChangeRole } from "./change-role.tsx";
import { removeMember } from "./member-actions.ts";
import type { MemberRights } from "./member-table.tsx";

type MemberActionsProps = {
  readonly member: MemberView;
  readonly rights: MemberRights;
  /** How many open invitations they have made. */
  readonly invited: number;
};

/** What can be done with a member. */
export function MemberActions({ member: { id, name, email, role, teams, createdTokens }, rights, invited }: MemberActionsProps) {
  const { organization, userId, roles, mayRemove } = rights;
  const hidden = { organization, member: id };
  const isMe = id === userId;
  return (
    <>
      {roles.length > 0 && <ChangeRole name={name} role={role} roles={roles} hidden={hidden} />}
      {mayRemove && (
        <ConfirmButton
          label={isMe ? "Leave" : "Remove"}
          name={isMe ? "Leave the organization" : `Remove ${name}`}
          title={isMe ? "Leave the organization" : `Remove ${name}`}
          action={removeMember}
          hidden={hidden}
          submit={isMe ? "Leave it now" : "Remove them now"}
          done={isMe ? "You have left the organization." : `${name} is no member any more.`}
        >
          <p>
            {isMe ? "You lose" : `${email} loses`} the role {role}
            {teams.length > 0 && ` and ${teams.length === 1 ? "the team" : "the teams"} ${teams.join(", ")}`}; {isMe ? "your" : "their"} own
            tokens open nothing here any more.
            {invited > 0 &&
              ` ${invited} open ${invited === 1 ? "invitation" : "invitations"} ${isMe ? "you" : "they"} made will be taken back.`}
          </p>
          <p>
            {isMe ? "Your" : "Their"} commits, deploys and entries in the audit log stay. To undo it, invite{" "}
            {isMe ? "yourself through somebody else" : "them"} again.
          </p>
          {createdTokens > 0 && (
            <Checkbox
              name="revokeTokens"
              value="yes"
              label={`Also revoke the ${createdTokens === 1 ? "organization token" : `${createdTokens} organization tokens`} ${isMe ? "you" : "they"} created and may still know`}
              description={`Pipelines that use ${createdTokens === 1 ? "it" : "one of them"} need a new one.`}
            />
          )}
        </ConfirmButton>
      )}
    </>
  );
}
