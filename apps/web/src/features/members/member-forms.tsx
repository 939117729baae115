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

/** A button to invite a member. The link of the invitation is then shown once. */
export function InviteMember(props: InviteMemberProps) {
  return (
    <DialogButton label="Invite member" look="main" title="Invite member" closesOnClickOutside={false}>
      {(close) => <InviteForm {...props} onClose={close} />}
    </DialogButton>
  );
}

function InviteForm({ organization, roles, teams, onClose }: InviteMemberProps & { readonly onClose: () => void }) {
  const [created, setCreated] = useState<CreatedInvitation | null>(null);
  const acting = useDialogAction(invite, setCreated);
  if (created) return <NewInvitation invitation={created} onClose={onClose} />;
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Create invitation" onCancel={onClose}>
      <TextInput name="email" type="email" label="Email address" autoComplete="off" error={fields["email"]} required data-autofocus />
      <RoleSelect roles={roles} chosen="member" error={fields["role"]} />
      {teams.length > 0 && (
        <NativeSelect
          name="team"
          label="Team"
          data={teams.map(({ slug, name }) => ({ value: slug, label: name === slug ? slug : `${name} (${slug})` }))}
          error={fields["team"]}
        />
      )}
      <p className="soft">No email is sent. You get a link to pass on. An earlier invitation for the same address stops working.</p>
    </DialogForm>
  );
}

function NewInvitation({
  invitation: { email, url, dateExpires },
  onClose,
}: {
  readonly invitation: CreatedInvitation;
  readonly onClose: () => void;
}) {
  return (
    <div className={dialog["fields"]}>
      <output>
        Send this link to {email}. It is shown <strong>only once</strong>. It works one time, for anyone who has it, and expires{" "}
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
  /** The form fields that identify the member. */
  readonly hidden: Readonly<Record<string, string>>;
};

/** A button to change a member's role. */
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
    showDone(`Role of ${name} changed.`, () => changeRole(toFormData({ ...hidden, role })));
  });
  return (
    <DialogForm acting={acting} hidden={hidden} submit="Change role" onCancel={onClose}>
      <RoleSelect roles={roles} chosen={role} error={acting.refused?.fields["role"]} />
      <p className="soft">The new role applies from their next request on. Invitations they created for higher roles are revoked.</p>
    </DialogForm>
  );
}

type RoleSelectProps = { readonly roles: readonly Role[]; readonly chosen: string; readonly error: string | undefined };

/** Radio buttons for the roles, with descriptions. */
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
