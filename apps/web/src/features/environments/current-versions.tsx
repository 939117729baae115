import type { BoardRowView } from "@landfall/schema/releases/board";
import { Deployer } from "#features/deploys/deploy-labels.tsx";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./environment.module.css";

/** So many projects are shown from the start. */
const SHOWN = 24;

type CurrentVersionsProps = { readonly to: OrganizationUrls; readonly rows: readonly BoardRowView[]; readonly environment: string };

/** The version of each project that is in an environment now. */
export function CurrentVersions({ to, rows, environment }: CurrentVersionsProps) {
  return (
    <section aria-labelledby="now">
      <h2 id="now">Now</h2>
      <VersionList to={to} rows={rows.slice(0, SHOWN)} environment={environment} />
      {rows.length > SHOWN && (
        <details className={classes["more"]}>
          <summary>{rows.length - SHOWN} more projects</summary>
          <VersionList to={to} rows={rows.slice(SHOWN)} environment={environment} />
        </details>
      )}
    </section>
  );
}

function VersionList({ to, rows, environment }: CurrentVersionsProps) {
  return (
    <ul className={classes["now"]}>
      {rows.flatMap(({ project, cells }) =>
        cells.map(({ release, deploy, isRolledBack, previous, isHidden }) => (
          <li key={project.id}>
            <PageLink href={to.environment(environment, { project: project.slug })} className="cut" title={`Deploys of ${project.name}`}>
              {project.slug}
            </PageLink>
            <PageLink href={to.release(release.version)} className={classes["version"]} title={release.version}>
              {release.description}
            </PageLink>
            <span className={classes["facts"]}>
              {isRolledBack && previous && (
                <Chip tone="warn" title={`Rolled back from ${previous.version}`}>
                  Rolled back
                </Chip>
              )}
              {isHidden && <Chip title="This project hides the environment from the board and from lists">Hidden</Chip>}
              <TimeAgo at={deploy.dateFinished} />
              <Deployer deployer={deploy.deployer} />
            </span>
          </li>
        )),
      )}
    </ul>
  );
}
