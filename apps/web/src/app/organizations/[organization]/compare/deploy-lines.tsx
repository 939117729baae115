import type { DeployBriefView } from "@landfall/schema/views/brief";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./comparison.module.css";

/** Deploys of a release, a line each. */
export function DeployList({ to, deploys }: { readonly to: OrganizationUrls; readonly deploys: readonly DeployBriefView[] }) {
  return (
    <ul className={classes["releases"]}>
      {deploys.map(({ id, environment, dateFinished, deployer }) => (
        <li key={id}>
          <PageLink href={to.environment(environment)} className="cut" title={environment}>
            {environment}
          </PageLink>
          <span className="soft">
            <TimeAgo at={dateFinished} />
            {deployer && `, by ${deployer.name ?? deployer.email}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
