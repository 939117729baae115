import { PROJECT_CREATE } from "@landfall/core/access/scopes";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { NoProjects, projectColumns } from "#features/projects/project-list.tsx";
import { readProjectList } from "#features/projects/read-project-list.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { DataTable } from "#ui/table/data-table.tsx";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Projects" };

type ProjectsProps = {
  readonly params: Promise<{ readonly organization: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** The projects the viewer can see, with latest release, current versions, and last deploy. */
export default async function Projects({ params, searchParams }: ProjectsProps) {
  const page = await organizationPage((await params).organization);
  const { can, to } = page;
  const urlParams = await searchParams;
  const text = textParam(urlParams, "q") ?? "";
  const { lines, ...links } = await readProjectList(page, text, textParam(urlParams, "cursor"));
  const mayCreate = can(...PROJECT_CREATE);
  return (
    <>
      <RefreshOn kinds="release deploy project" />
      <PageHeader
        title="Projects"
        actions={
          mayCreate && (
            <Button component="a" href={to.settings("projects")} variant="default">
              New project…
            </Button>
          )
        }
      />
      <SearchForm action={to.projects()} text={text} label="Search projects" placeholder="Name" />
      <DataTable
        caption="Projects"
        columns={projectColumns(to)}
        rows={lines}
        keyOf={({ project }) => project.id}
        empty={<NoProjects to={to} text={text} mayCreate={mayCreate} />}
      />
      <Pager page={links} hrefOf={(cursor) => to.projects({ q: text, cursor })} names={PAGE_NAMES} />
    </>
  );
}
