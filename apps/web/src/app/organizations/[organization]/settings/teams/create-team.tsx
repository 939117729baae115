"use client";

import { TextInput } from "@mantine/core";
import { useRouter } from "next/navigation";
import { organizationUrls } from "../../../../../ui/addresses.ts";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { createTeam } from "./team-actions.ts";

/** A button to make a team, which is then opened. */
export function CreateTeam({ organization }: { readonly organization: string }) {
  return (
    <DialogButton label="Create a team" look="main" title="Create a team">
      {(close) => <CreateTeamForm organization={organization} onClose={close} />}
    </DialogButton>
  );
}

function CreateTeamForm({ organization, onClose }: { readonly organization: string; readonly onClose: () => void }) {
  const router = useRouter();
  const acting = useDialogAction(createTeam, (slug) => {
    onClose();
    router.push(organizationUrls(organization).settings("teams", slug));
  });
  const { fields = {} } = acting.refused ?? {};
  return (
    <DialogForm acting={acting} hidden={{ organization }} submit="Create the team" onCancel={onClose}>
      <TextInput name="name" label="Name" maxLength={64} error={fields["name"] ?? fields["non_field_errors"]} required data-autofocus />
      <TextInput name="slug" label="Short name (optional)" description="Made from the name when left empty." error={fields["slug"]} />
    </DialogForm>
  );
}
