import type { DeployView } from "@landfall/schema/views/deploy";
import type { Addresses } from "../../../../../ui/addresses.ts";
import { Chip } from "../../../../../ui/chip.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { newestByEnvironment } from "./newest-by-environment.ts";
import classes from "./release-head.module.css";

type EnvironmentChipsProps = {
  readonly to: Addresses;
  readonly deploys: readonly DeployView[];
  /** Where this release is what was deployed last. */
  readonly current: readonly string[];
};

/** Where the release was deployed, each environment with the time, those it is in now marked. */
export function EnvironmentChips({ to, deploys, current }: EnvironmentChipsProps) {
  const newest = newestByEnvironment(deploys);
  if (newest.length === 0) return null;
  return (
    <ul className={classes["environments"]} aria-label="Environments">
      {newest.map(({ id, environment, dateFinished }) => {
        const isCurrent = current.includes(environment);
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
    </ul>
  );
}
