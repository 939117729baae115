import { ReleaseName } from "#ui/release-name.tsx";
import type { ContributorDetailsView } from "@landfall/schema/organizations/contributors";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { ConfirmButton } from "#ui/dialog/action-buttons.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { separateAddress } from "./actions.ts";
import classes from "./contributor-details.module.css";

type ContributorEmailsProps = {
  readonly organization: string;
  /** The main address first. */
  readonly emails: readonly string[];
  readonly maySeparate: boolean;
};

/** The email addresses of a contributor, with buttons to separate them. */
export function ContributorEmails({ organization, emails, maySeparate }: ContributorEmailsProps) {
  return (
    <section aria-labelledby="emails">
      <h2 id="emails">Email addresses</h2>
      <ul className={`list ${classes["emails"]}`}>
        {emails.map((email, index) => (
          <li key={email}>
            <span className="cut" title={email}>
              {email}
            </span>
            {index === 0 && emails.length > 1 && <Chip title="Identifies the contributor in names and links">Main</Chip>}
            {maySeparate && emails.length > 1 && (
              <ConfirmButton
                label="Separate"
                name={`Separate ${email}`}
                title={`Separate ${email}`}
                action={separateAddress}
                hidden={{ organization, email }}
                submit="Separate"
                isDanger={false}
                done={`Separated ${email}.`}
              >
                <p>Its commits will belong to a separate contributor. You can merge it again in the list of contributors.</p>
              </ConfirmButton>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

type Deploy = ContributorDetailsView["deploys"][number];
type ContributorDeploysProps = { readonly to: OrganizationUrls; readonly deploys: readonly Deploy[]; readonly empty: ReactNode };

/** The deploys of a contributor, last first. */
export function ContributorDeploys({ to, deploys, empty }: ContributorDeploysProps) {
  return <DataTable caption="Deploys" columns={columnsOf(to)} rows={deploys} keyOf={({ id }) => id} empty={empty} />;
}

const columnsOf = (to: OrganizationUrls): readonly Column<Deploy>[] => [
  {
    key: "version",
    head: "Version",
    grows: true,
    cell: ({ version }) => (
      <PageLink href={to.release(version)} data-open="">
        <ReleaseName version={version} />
      </PageLink>
    ),
  },
  {
    key: "environment",
    head: "Environment",
    cell: ({ environment }) => <PageLink href={to.environment(environment)}>{environment}</PageLink>,
  },
  {
    key: "name",
    head: "Name",
    hideBelow: "tablet",
    cell: ({ name, url }) => (name || url ? <ExternalLink href={url}>{name ?? url}</ExternalLink> : null),
  },
  { key: "finished", head: "Finished", align: "end", cell: ({ dateFinished }) => <TimeAgo at={dateFinished} /> },
];
