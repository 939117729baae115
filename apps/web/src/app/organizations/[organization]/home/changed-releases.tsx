import type { OverviewView } from "@landfall/schema/views/overview";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { EmptyState } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./lines.module.css";

/** The releases of the last 24 hours, a line each. */
export function ChangedReleases({ releases, to }: { readonly releases: OverviewView["releases"]; readonly to: OrganizationUrls }) {
  if (releases.items.length === 0) {
    return (
      <EmptyState title="No release was made in the last 24 hours">
        <p>
          <PageLink href={to.releases()}>All releases</PageLink> lists those before.
        </p>
      </EmptyState>
    );
  }
  return (
    <ul className={`${classes["lines"]} ${classes["releases"]}`}>
      {releases.items.map(({ version, dateCreated, dateReleased, commitCount, deployCount }) => (
        <li key={version}>
          <PageLink href={to.release(version)} className="cut" title={version}>
            {version}
          </PageLink>
          <span className="soft">{commitCount === 1 ? "1 commit" : `${commitCount} commits`}</span>
          {deployCount > 0 ? <Chip tone="ok">deployed</Chip> : <Chip>{dateReleased === null ? "not finalized" : "finalized"}</Chip>}
          <TimeAgo at={dateCreated} />
        </li>
      ))}
    </ul>
  );
}
