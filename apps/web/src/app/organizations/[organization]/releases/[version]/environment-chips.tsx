import type { ReleaseSummaryView } from "@landfall/schema/views/release-head";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { Chip } from "../../../../../ui/chip.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import classes from "./release-head.module.css";

type EnvironmentChipsProps = { readonly to: OrganizationUrls; readonly environments: ReleaseSummaryView["environments"] };

/** The rest is in the tab of deploys. */
const SHOWN = 30;

/** Where the release was deployed, each environment with the time, those it is in now marked. */
export function EnvironmentChips({ to, environments }: EnvironmentChipsProps) {
  if (environments.length === 0) return null;
  return (
    <ul className={classes["environments"]} aria-label="Environments">
      {environments.slice(0, SHOWN).map(({ deploy: { id, environment, dateFinished }, isCurrent }) => {
        return (
          <li key={id}>
            <PageLink href={to.environment(environment)}>
              <Chip
                tone={isCurrent ? "ok" : "plain"}
                title={isCurrent ? `${environment}: this is what runs there` : `${environment}: something else was deployed since`}
              >
                <span aria-hidden="true">{isCurrent ? "●" : "○"}</span> <span className="cut">{environment}</span>
                {isCurrent ? (
                  <span className="unseen">runs it now, deployed</span>
                ) : (
                  <span className="unseen">ran it before, deployed</span>
                )}
                <TimeAgo at={dateFinished} />
              </Chip>
            </PageLink>
          </li>
        );
      })}
      {environments.length > SHOWN && <li className="soft">and {environments.length - SHOWN} more</li>}
    </ul>
  );
}
