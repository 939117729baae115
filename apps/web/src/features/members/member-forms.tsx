"use client";

import type { Role } from "@landfall/schema/scope";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { CommandLine } from "#ui/command-line.tsx";
import { DialogButton, DialogForm } from "#ui/dialog/dialog.tsx";
import { toFormData } from "#ui/forms/call-action.ts";
import { useDialogAction } from "#ui/forms/use-form-action.ts";
import { showDone } from "#ui/notices/notices.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { changeRole, type CreatedInvitation, invite } from "./actions.ts";
import { ROLE_DESCRIPTIONS } from "./roles.ts";
import dialog from "#ui/dialog/dialog.module.css";
import classes from "./member-forms.module.css";

type InviteMemberProps = {
  readonly organization: string;
  readonly roles: readonly Role[];
  readonly teams: readonly { readonly slug: string; readonly name: string }[];
};

/** A button to invite somebody; the link is then shown once. */
export function InviteMember(props: InviteMemberProps) {
  return (
    <DialogButton label="Invite somebody" look="main" title="Invite somebody" closesOnClickOutside={false}>
      {(close) => <InviteForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function InviteForm({ organization, roles, teams, onClose }: InviteMemberProps & { readonly onClose: () => void }) {
  const [shown, setShown] = useState<CreatedInvitation | null>(null);
  const acting = useDialogAction(invite, setShown);
  if (shown) return <NewInvitation shown={shown} onClose={onClose} />;
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Make the invitation" onCancel={onClose}>
      <TextInput name="email" type="email" label="E-mail address" autoComplete="off" error={fields["email"]} required data-autofocus />
      <RoleSelect roles={roles} chosen="member" error={fields["role"]} />
      {teams.length > 0 && (
        <NativeSelect
          name="team"
          label="Team"
          data={teams.map(({ slug, name }) => ({ value: slug, label: name === slug ? slug : `${name} (${slug})` }))}
          error={fields["team"]}
        />
      )}
      <p className="soft">No mail is sent: you get a link to pass on. An earlier invitation of the same address stops working.</p>
    </DialogForm>
  );
}

function NewInvitation({
  shown: { email, url, dateExpires },
  onClose,
}: {
  readonly shown: CreatedInvitation;
  readonly onClose: () => void;
}) {
  return (
    <div className={dialog["fields"]}>
      <output>
        Send this link to {email}. It is shown <strong>only now</strong> and works once, for whoever has it, until it expires{" "}
        <TimeAgo at={dateExpires} />.
      </output>
      <CommandLine command={url} />
      <div className={dialog["buttons"]}>
        <Button onClick={onClose}>I have copied it</Button>
      </div>
    </div>
  );
}

type ChangeRoleProps = {
  readonly name: string;
  readonly role: string;
  readonly roles: readonly Role[];
  /** What names the member to the server. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A button that gives a member another role. */
export function ChangeRole(props: ChangeRoleProps) {
  return (
    <DialogButton label="Change role" name={`Change role of ${props.name}`} look="row" title={`Role of ${props.name}`}>
      {(close) => <ChangeRoleForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function ChangeRoleForm({ name, role, roles, hidden, onClose }: ChangeRoleProps & { readonly onClose: () => void }) {
  const acting = useDialogAction(changeRole, () => {
    onClose();
    showDone(`The role of ${name} is changed.`, () => changeRole(toFormData({ ...hidden, role })));
  });
  return (
    <DialogForm acting={acting} hidden={hidden} submit="Change the role" onCancel={onClose}>
      <RoleSelect roles={roles} chosen={role} error={acting.refused?.fields["role"]} />
      <p className="soft">It holds from their next request on. Invitations they made to roles above the new one are taken back.</p>
    </DialogForm>
  );
}

type RoleSelectProps = { readonly roles: readonly Role[]; readonly chosen: string; readonly error: string | undefined };

/** The roles to choose from, each with what it may do. */
function RoleSelect({ roles, chosen, error }: RoleSelectProps) {
  return (
    <fieldset className={classes["roles"]}>
      <legend>Role</legend>
      {roles.map((role) => (
        <label key={role}>
          <input type="radio" name="role" value={role} defaultChecked={role === chosen} required />
          <span>
            <strong>{role}</strong> {ROLE_DESCRIPTIONS[role]}
          </span>
        </label>
      ))}
      {error !== undefined && (
        <p className="wrong" role="alert">
          {error}
        </p>
      )}
    </fieldset>
  );
}
