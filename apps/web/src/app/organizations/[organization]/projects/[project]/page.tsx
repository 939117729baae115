import { PROJECT_WRITE } from "@landfall/core/access/scopes";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { cache } from "react";
import { DeployTimeline } from "#features/deploys/deploy-timeline.tsx";
import { Cadence } from "#features/projects/cadence.tsx";
import { CurrentDeploys } from "#features/projects/current-deploys.tsx";
import { HowToReport } from "#features/projects/how-to-report.tsx";
import { ProjectContributors } from "#features/projects/project-contributors.tsx";
import { ProjectFacts } from "#features/projects/project-facts.tsx";
import { projectReleaseColumns } from "#features/releases/release-columns.tsx";
import { organizationPage, orNotFound } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { decodePathSegment } from "#server/pages/search-params.ts";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { DataTable } from "#ui/table/data-table.tsx";

type ProjectProps = { readonly params: Promise<{ readonly organization: string; readonly project: string }> };

/** How many of the newest are shown. */
const SHOWN = 10;

const readProject = cache(async (slug: string, project: string) => {
  const { call, organization } = await organizationPage(slug);
  return orNotFound(call.projects.get({ organization, project: decodePathSegment(project) }));
});

export async function generateMetadata({ params }: ProjectProps): Promise<Metadata> {
  const { organization, project } = await params;
  return { title: (await readProject(organization, project)).name };
}

/** A project: what is where, how often it ships, its newest releases and deploys, who writes there. */
export default async function Project({ params }: ProjectProps) {
  const given = await params;
  const { call, organization, can, to } = await organizationPage(given.organization);
  const project = await readProject(given.organization, given.project);
  const { slug } = project;
  const named = { organization, project: [slug] };
  const [board, lines, deploys, cadence, [tally], requested] = await Promise.all([
    call.board.get(named),
    call.releases.browse({ ...named, status: "", per_page: SHOWN }),
    call.deploys.recent({ ...named, per_page: SHOWN }),
    call.projects.cadence({ organization, project: slug }),
    call.projects.releaseCounts(named),
    headers(),
  ]);
  const server = { url: runningApp().originOf(requested), organization, project: slug };
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
        <h2 id="now">Where it is now</h2>
        <CurrentDeploys to={to} cells={board.items.at(0)?.cells ?? []} />
      </section>
      <section aria-labelledby="cadence">
        <h2 id="cadence">Releases and deploys per week</h2>
        <Cadence weeks={cadence.weeks} />
      </section>
      <section aria-labelledby="releases">
        <h2 id="releases">Newest releases</h2>
        <DataTable
          caption="Releases"
          columns={projectReleaseColumns(to)}
          rows={lines.items}
          keyOf={({ version }) => version}
          empty={<EmptyState title="No release of this project was reported yet" />}
        />
        {lines.next?.hasResults && (
          <p>
            <PageLink href={to.releases({ project: slug })}>All releases of {slug}</PageLink>
          </p>
        )}
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Last deploys</h2>
        <DeployTimeline
          to={to}
          deploys={deploys.items}
          withEnvironment
          empty={<EmptyState title="No deploy of this project was reported yet" />}
        />
        {deploys.next?.hasResults && (
          <p>
            <PageLink href={to.deploys({ project: slug })}>All deploys of {slug}</PageLink>
          </p>
        )}
      </section>
      <section aria-labelledby="people">
        <h2 id="people">Who writes there</h2>
        <ProjectContributors to={to} lines={lines.items} />
      </section>
      <section aria-labelledby="report">
        <h2 id="report">Report releases</h2>
        <HowToReport server={server} isFirst={lines.items.length === 0} />
      </section>
    </>
  );
}
