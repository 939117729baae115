import type { OverviewView } from "@landfall/schema/views/overview";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Chip } from "../../../../ui/chip.tsx";
import { Avatar } from "../../../../ui/face.tsx";
import { EmptyState } from "../../../../ui/nothing-here.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./lines.module.css";

/** The last deploys, a line each. */
export function LastDeploys({ deploys, to }: { readonly deploys: OverviewView["deploys"]; readonly to: OrganizationUrls }) {
  if (deploys.length === 0) {
    return (
      <EmptyState title="Nothing was deployed yet">
        <p>
          Tell it after each deploy: <code>sentry-cli deploys new --release VERSION -e production</code>
        </p>
      </EmptyState>
    );
  }
  return (
    <ul className={`${classes["lines"]} ${classes["deploys"]}`}>
      {deploys.map(({ id, version, environment, projects, deployer, dateFinished }) => (
        <li key={id}>
          <Chip title={environment}>
            <span className="cut">{environment}</span>
          </Chip>
          <PageLink href={to.release(version, "deploys")} className="cut" title={version}>
            {version}
          </PageLink>
          <span className="soft cut">{projects.map(({ slug }) => slug).join(", ")}</span>
          {deployer ? <Avatar {...deployer} /> : <span />}
          <TimeAgo at={dateFinished} />
        </li>
      ))}
    </ul>
  );
}
