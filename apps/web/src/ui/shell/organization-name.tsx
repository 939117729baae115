import { IconChevronDown } from "@tabler/icons-react";

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
