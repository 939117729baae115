"use client";

import type { Role } from "@landfall/schema/scope";
import { DialogButton } from "../../../../../ui/dialog/dialog-button.tsx";
import { DialogForm } from "../../../../../ui/dialog/dialog-form.tsx";
import { toFormData, showDone } from "../../../../../ui/dialog/say-done.tsx";
import { useDialogAction } from "../../../../../ui/dialog/use-act.ts";
import { changeRole } from "./member-actions.ts";
import { RoleSelect } from "./role-choice.tsx";

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
