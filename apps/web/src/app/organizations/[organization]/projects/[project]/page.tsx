import { PROJECT_WRITE } from "@landfall/core/access/scopes";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { DeployTimeline } from "#features/deploys/deploy-timeline.tsx";
import { Cadence } from "#features/cadence/cadence.tsx";
import { CurrentDeploys } from "#features/projects/current-deploys.tsx";
import { HowToReport } from "#features/projects/how-to-report.tsx";
import { ProjectContributors } from "#features/projects/project-contributors.tsx";
import { ProjectFacts } from "#features/projects/project-facts.tsx";
import { readProject } from "#features/projects/read-project.ts";
import { projectReleaseColumns } from "#features/releases/release-columns.tsx";
import { organizationPage } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { DataTable } from "#ui/table/data-table.tsx";

type ProjectProps = { readonly params: Promise<{ readonly organization: string; readonly project: string }> };

/** How many releases and deploys are shown. */
const LIST_LIMIT = 10;

export async function generateMetadata({ params }: ProjectProps): Promise<Metadata> {
  const { organization, project } = await params;
  return { title: (await readProject(organization, project)).name };
}

/** A project: current versions, cadence, newest releases and deploys, and contributors. */
export default async function Project({ params }: ProjectProps) {
  const path = await params;
  const { call, organization, can, to } = await organizationPage(path.organization);
  const project = await readProject(path.organization, path.project);
  const { slug } = project;
  const filter = { organization, project: [slug] };
  const [board, lines, deploys, cadence, [tally], requested] = await Promise.all([
    call.board.get(filter),
    call.releases.browse({ ...filter, status: "", per_page: LIST_LIMIT }),
    call.deploys.recent({ ...filter, per_page: LIST_LIMIT }),
    call.projects.cadence({ organization, project: slug }),
    call.projects.releaseCounts(filter),
    headers(),
  ]);
  const target = { url: runningApp().originOf(requested), organization, project: slug };
  return (
    <>
      <RefreshOn kinds="release deploy commits project" />
      <PageHeader
        title={project.name}
        facts={<ProjectFacts to={to} project={project} lines={lines.items} tally={tally} />}
        actions={
          <>
            <Button component="a" href={to.artifacts(slug)} variant="default">
              Artifacts
            </Button>
            {can(...PROJECT_WRITE) && (
              <Button component="a" href={to.settings("projects") + queryString({ query: slug })} variant="default">
                Settings
              </Button>
            )}
          </>
        }
      />
      <section aria-labelledby="now">
        <h2 id="now">Current versions</h2>
        <CurrentDeploys to={to} cells={board.items.at(0)?.cells ?? []} />
      </section>
      <section aria-labelledby="cadence">
        <h2 id="cadence">Releases and deploys per week</h2>
        <Cadence weeks={cadence.weeks} series={["releases", "deploys"]} />
      </section>
      <section aria-labelledby="releases">
        <h2 id="releases">Newest releases</h2>
        <DataTable
          caption="Releases"
          columns={projectReleaseColumns(to)}
          rows={lines.items}
          keyOf={({ version }) => version}
          empty={<EmptyState title="No releases yet" />}
        />
        {lines.next?.hasResults && (
          <p>
            <PageLink href={to.releases({ project: slug })}>All releases of {slug}</PageLink>
          </p>
        )}
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Last deploys</h2>
        <DeployTimeline to={to} deploys={deploys.items} withEnvironment empty={<EmptyState title="No deploys yet" />} />
        {deploys.next?.hasResults && (
          <p>
            <PageLink href={to.deploys({ project: slug })}>All deploys of {slug}</PageLink>
          </p>
        )}
      </section>
      <section aria-labelledby="contributors">
        <h2 id="contributors">Contributors</h2>
        <ProjectContributors to={to} lines={lines.items} />
      </section>
      <section aria-labelledby="report">
        <h2 id="report">Report releases</h2>
        <HowToReport target={target} isFirst={lines.items.length === 0} />
      </section>
    </>
  );
}
