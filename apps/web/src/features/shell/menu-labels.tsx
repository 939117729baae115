import { IconChevronDown } from "@tabler/icons-react";
import { Avatar } from "#ui/avatar.tsx";

/** Who is signed in, as the button of their menu shows it. */
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

/** The organization the page is of, as the button that leads to others shows it. */
export function OrganizationLabel({ name }: { readonly name: string }) {
  return (
    <>
      <span className="cut">
        <span className="unseen">Organization </span>
        {name}
        <span className="unseen">; choose another</span>
      </span>
      <IconChevronDown size={14} aria-hidden="true" />
    </>
  );
}
