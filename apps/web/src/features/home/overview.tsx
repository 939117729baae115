import { ReleaseName } from "#ui/release-name.tsx";
import { formatCount } from "@landfall/domain/format";
import type { OverviewView } from "@landfall/schema/releases/overview";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./overview.module.css";

/** The releases of the last 24 hours, one line each. */
export function ChangedReleases({ releases, to }: { readonly releases: OverviewView["releases"]; readonly to: OrganizationUrls }) {
  if (releases.items.length === 0) {
    return (
      <EmptyState title="No releases in the last 24 hours">
        <p>
          See <PageLink href={to.releases()}>all releases</PageLink>.
        </p>
      </EmptyState>
    );
  }
  return (
    <ul className={`list ${classes["lines"]} ${classes["releases"]}`}>
      {releases.items.map(({ version, dateCreated, dateReleased, commitCount, deployCount }) => (
        <li key={version}>
          <PageLink href={to.release(version)} className="cut">
            <ReleaseName version={version} />
          </PageLink>
          <span className="soft">{formatCount(commitCount, "commit")}</span>
          {deployCount > 0 ? <Chip tone="ok">deployed</Chip> : <Chip>{dateReleased === null ? "not finalized" : "finalized"}</Chip>}
          <TimeAgo at={dateCreated} />
        </li>
      ))}
    </ul>
  );
}

/** The last deploys, one line each. */
export function LastDeploys({ deploys, to }: { readonly deploys: OverviewView["deploys"]; readonly to: OrganizationUrls }) {
  if (deploys.length === 0) {
    return (
      <EmptyState title="No deploys yet">
        <p>
          Report each deploy: <code>sentry-cli deploys new --release VERSION -e production</code>
        </p>
      </EmptyState>
    );
  }
  return (
    <ul className={`list ${classes["lines"]} ${classes["deploys"]}`}>
      {deploys.map(({ id, version, environment, projects, deployer, dateFinished }) => (
        <li key={id}>
          <Chip title={environment}>
            <span className="cut">{environment}</span>
          </Chip>
          <PageLink href={to.release(version, "deploys")} className="cut">
            <ReleaseName version={version} />
          </PageLink>
          <span className="soft cut">{projects.map(({ slug }) => slug).join(", ")}</span>
          {deployer ? <Avatar {...deployer} /> : <span />}
          <TimeAgo at={dateFinished} />
        </li>
      ))}
    </ul>
  );
}

/** The counts of an organization in one line. */
export function overviewSummary({ projects, environments, releases, deploys }: OverviewView["counts"]): string {
  return [
    formatCount(projects, "project"),
    formatCount(environments, "environment"),
    cappedCount(releases, "release"),
    `${cappedCount(deploys, "deploy")} in 7 days`,
  ].join(" · ");
}

const cappedCount = ({ count, isCapped }: { readonly count: number; readonly isCapped: boolean }, noun: string): string =>
  isCapped ? `more than ${formatCount(count, noun)}` : formatCount(count, noun);
