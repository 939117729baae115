import type { ReactNode } from "react";
import { PageLink } from "../links.tsx";
import type { OrganizationUrls } from "../organization-urls.ts";
import type { Column } from "./data-table.tsx";

/** The column with the buttons of a row. */
export const actionsColumn = <Row,>(cell: (row: Row) => ReactNode): Column<Row> => ({
  key: "actions",
  head: "Actions",
  hidesHead: true,
  align: "end",
  cell,
});

/** The first column of a table of environments, linked to their pages. */
export const environmentColumn = (to: OrganizationUrls): Column<{ readonly environment: string }> => ({
  key: "environment",
  head: "Environment",
  cell: ({ environment }) => (
    <PageLink href={to.environment(environment)} data-open="">
      {environment}
    </PageLink>
  ),
});

/** The first column of a table of projects: the slug, linked to the project's page, and the name if it differs. */
export const projectColumn = (to: OrganizationUrls): Column<{ readonly slug: string; readonly name: string }> => ({
  key: "project",
  head: "Project",
  grows: true,
  cell: ({ slug, name }) => (
    <>
      <PageLink href={to.project(slug)} data-open="">
        {slug}
      </PageLink>{" "}
      {name !== slug && <span className="soft">{name}</span>}
    </>
  ),
});

/** The first column of a table of files. */
export const FILE_COLUMN: Column<{ readonly name: string }> = {
  key: "name",
  head: "File",
  grows: true,
  cell: ({ name }) => (
    <span className="mono" title={name}>
      {name}
    </span>
  ),
};
