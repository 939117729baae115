import type { ProjectView } from "@landfall/schema/organizations/projects";
import type { TokenDetailsView } from "@landfall/schema/organizations/tokens";
import type { ReactNode } from "react";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn, projectColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { EditProject } from "./project-forms.tsx";
import { ReleaseWebhookButton } from "./release-webhook.tsx";

type ProjectTableProps = {
  readonly projects: readonly ProjectView[];
  readonly organization: string;
  readonly mayChange: boolean;
  /** The organization tokens that were used in the last 30 days, for who may change projects. */
  readonly recentTokens: readonly TokenDetailsView[];
  readonly to: OrganizationUrls;
  readonly empty: ReactNode;
};

/** The projects with their settings: slug, name, platform, and teams. */
export function ProjectTable({ projects, organization, mayChange, recentTokens, to, empty }: ProjectTableProps) {
  return (
    <DataTable
      caption="Projects"
      columns={mayChange ? [...dataColumns(to), editColumn(organization, recentTokens)] : dataColumns(to)}
      rows={projects}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}

const dataColumns = (to: OrganizationUrls): readonly Column<ProjectView>[] => [
  projectColumn(to),
  { key: "platform", head: "Platform", hideBelow: "tablet", cell: ({ platform }) => platform ?? <span className="soft">not set</span> },
  {
    key: "teams",
    head: "Teams",
    hideBelow: "tablet",
    cell: ({ teams }) => (teams.length === 0 ? <span className="soft">none</span> : teams.map(({ slug }) => slug).join(", ")),
  },
];

const editColumn = (organization: string, recentTokens: readonly TokenDetailsView[]) =>
  actionsColumn((project: ProjectView) => (
    <>
      <EditProject
        organization={organization}
        project={{ name: project.name, slug: project.slug, platform: project.platform }}
        recentTokens={recentTokens.flatMap((token) => (token.projectLastUsed?.slug === project.slug ? token.name : []))}
      />
      <ReleaseWebhookButton organization={organization} project={project.slug} />
    </>
  ));
