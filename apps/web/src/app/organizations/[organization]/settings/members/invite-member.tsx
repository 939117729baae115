"use client";

import type { Role } from "@landfall/schema/scope";
import { Button, NativeSelect, TextInput } from "@mantine/core";
import { useState } from "react";
import { CommandLine } from "../../../../../ui/command-line.tsx";
import dialog from "../../../../../ui/dialog/dialog.module.css";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { invite, type CreatedInvitation } from "./member-actions.ts";
import { RoleSelect } from "./role-choice.tsx";

type InviteMemberProps = {
  readonly organization: string;
  readonly roles: readonly Role[];
  readonly teams: readonly { readonly slug: string; readonly name: string }[];
};

/** A button to invite somebody; the link is then shown once. */
export function InviteMember(props: InviteMemberProps) {
  return (
    <DialogButton label="Invite somebody" look="main" title="Invite somebody" leaves={false}>
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
