import { ORGANIZATION_WRITE } from "@landfall/core/access/scopes";
import type { Metadata } from "next";
import { headers } from "next/headers";
import { Cadence } from "#features/cadence/cadence.tsx";
import { FirstReleaseGate } from "#features/first-release/first-release-panel.tsx";
import { readFirstReleaseProgress } from "#features/first-release/first-release.ts";
import { EnvironmentStrip } from "#features/home/environment-strip.tsx";
import { GettingStarted } from "#features/home/getting-started.tsx";
import { Attention } from "#features/home/attention.tsx";
import { ChangedReleases, LastDeploys, overviewSummary } from "#features/home/overview.tsx";
import { type OrganizationPage, organizationPage } from "#server/pages/page-context.ts";
import { runningApp } from "#server/pages/running-app.ts";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "Home" };

type HomeProps = { readonly params: Promise<{ readonly organization: string }> };

/** The home page: current versions, last deploys, and what needs attention; before the first release, how to report it. */
export default async function Home({ params }: HomeProps) {
  const page = await organizationPage((await params).organization);
  const { call, organization, name, to } = page;
  const [overview, board] = await Promise.all([
    call.overview.get({ organization }),
    call.board.get({ organization, per_page: BOARD_ROWS }),
  ]);
  const { count } = overview.counts.releases;
  const isFirstOpen = count === 0 || (count === 1 && overview.deploys.length === 0);
  return (
    <FirstReleaseGate isFirstOpen={isFirstOpen} panel={count <= 1 && <BeforeFirstRelease page={page} />}>
      <RefreshOn kinds="release deploy commits" />
      <PageHeader title={name} facts={overviewSummary(overview.counts)} />
      <div className={classes["columns"]}>
        <section className={classes["whole"]} aria-labelledby="environments">
          <h2 id="environments">Environments</h2>
          <EnvironmentStrip board={board} to={to} />
          <p className="soft">
            The <PageLink href={to.board()}>board</PageLink> shows all projects with drift, history, and deployers.
          </p>
        </section>
        <div>
          <section aria-labelledby="deploys">
            <h2 id="deploys">Last deploys</h2>
            <LastDeploys deploys={overview.deploys} to={to} />
          </section>
          <section aria-labelledby="cadence">
            <h2 id="cadence">Releases and deploys per week</h2>
            <Cadence weeks={overview.weeks} series={["releases", "deploys"]} />
          </section>
        </div>
        <section aria-labelledby="attention">
          <h2 id="attention">Needs attention</h2>
          <Attention organization={organization} attention={overview.attention} to={to} />
          <h2 id="changed">New in the last 24 hours</h2>
          <ChangedReleases releases={overview.releases} to={to} />
        </section>
      </div>
    </FirstReleaseGate>
  );
}

const BOARD_ROWS = "12";

async function BeforeFirstRelease({ page: { call, organization, name, can } }: { readonly page: OrganizationPage }) {
  const [progress, projects] = await Promise.all([
    readFirstReleaseProgress(call, organization),
    call.projects.list({ organization, per_page: "1" }),
  ]);
  const url = runningApp().originOf(await headers());
  return (
    <>
      <PageHeader title={name} facts={progress ? "Waiting for the rest of the first release." : "No releases yet."} />
      <GettingStarted
        target={{ url, organization, project: projects.items[0]?.slug ?? "web" }}
        progress={progress}
        mayCreateOrgToken={can(...ORGANIZATION_WRITE)}
      />
    </>
  );
}
