import { PageHeader } from "#ui/headings.tsx";

/** The answer to an address of an organization where nothing is that the viewer may see. */
export default function OrganizationPageNotFound() {
  return (
    <>
      <PageHeader title="There is no such page here" />
      <p>
        Either nothing is at this address, or it belongs to a team you are not in. Search for it with <kbd>/</kbd>, or ask an owner of the
        organization.
      </p>
    </>
  );
}
