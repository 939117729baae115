import { IconChevronDown } from "@tabler/icons-react";
import { Avatar } from "#ui/avatar.tsx";

/** The content of the account menu's button. */
export function AccountLabel({ name, email }: { readonly name: string; readonly email: string }) {
  return (
    <>
      <span aria-hidden="true">
        <Avatar name={name} email={email} />
      </span>
      <span className="cut">
        <span className="unseen">Account of </span>
        {name}
      </span>
    </>
  );
}

/** The content of the organization menu's button. */
export function OrganizationLabel({ name }: { readonly name: string }) {
  return (
    <>
      <span className="cut">
        <span className="unseen">Organization </span>
        {name}
        <span className="unseen">; switch organization</span>
      </span>
      <IconChevronDown size={14} aria-hidden="true" />
    </>
  );
}
