import { PageHeader } from "#ui/headings.tsx";

/** Shown for URLs of an organization that do not exist or that the viewer may not see. */
export default function OrganizationPageNotFound() {
  return (
    <>
      <PageHeader title="Page not found" />
      <p>
        It does not exist, or it belongs to a team you are not in. Search for it
        <span className="keyboard-only">
          {" "}
          with <kbd>/</kbd>
        </span>
        , or ask an owner of the organization.
      </p>
    </>
  );
}
