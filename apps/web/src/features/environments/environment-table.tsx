import type { EnvironmentView } from "@landfall/schema/organizations/projects";
import type { ReactNode } from "react";
import { Chip } from "#ui/chip.tsx";
import { RowActionButton } from "#ui/dialog/action-buttons.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { setEnvironmentHidden } from "./actions.ts";

type EnvironmentTableProps = {
  readonly environments: readonly EnvironmentView[];
  readonly organization: string;
  readonly project: string;
  readonly mayHide: boolean;
  readonly to: OrganizationUrls;
  readonly empty: ReactNode;
};

/** The environments of a project, with buttons to hide and show them. */
export function EnvironmentTable({ environments, organization, project, mayHide, to, empty }: EnvironmentTableProps) {
  return (
    <DataTable
      caption={`Environments of ${project}`}
      columns={mayHide ? [...dataColumns(to), hideColumn(organization, project)] : dataColumns(to)}
      rows={environments}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}

const dataColumns = (to: OrganizationUrls): readonly Column<EnvironmentView>[] => [
  {
    key: "name",
    head: "Environment",
    grows: true,
    cell: ({ name }) => (
      <PageLink href={to.environment(name)} data-open="">
        {name}
      </PageLink>
    ),
  },
  { key: "state", head: "Shown", cell: ({ isHidden }) => (isHidden ? <Chip tone="warn">hidden</Chip> : "yes") },
];

const hideColumn = (organization: string, project: string) =>
  actionsColumn(({ name, isHidden }: EnvironmentView) => (
    <RowActionButton
      label={isHidden ? "Show" : "Hide"}
      name={isHidden ? `Show ${name} again` : `Hide ${name}`}
      action={setEnvironmentHidden}
      hidden={{ organization, project, environment: name, isHidden: String(!isHidden) }}
    />
  ));
