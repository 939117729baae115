import { ReleaseName } from "#ui/release-name.tsx";
import { formatCount } from "@landfall/domain/format";
import type { BoardRowView } from "@landfall/schema/releases/board";
import { Deployer } from "#features/deploys/deploy-labels.tsx";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./environment.module.css";

/** Up to this many projects are shown initially. */
const INITIAL_LIMIT = 24;

type CurrentVersionsProps = { readonly to: OrganizationUrls; readonly rows: readonly BoardRowView[]; readonly environment: string };

/** The current version of each project in an environment. */
export function CurrentVersions({ to, rows, environment }: CurrentVersionsProps) {
  return (
    <section aria-labelledby="now">
      <h2 id="now">Current versions</h2>
      <VersionList to={to} rows={rows.slice(0, INITIAL_LIMIT)} environment={environment} />
      {rows.length > INITIAL_LIMIT && (
        <details className={classes["more"]}>
          <summary>{formatCount(rows.length - INITIAL_LIMIT, "more project")}</summary>
          <VersionList to={to} rows={rows.slice(INITIAL_LIMIT)} environment={environment} />
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
            <PageLink href={to.release(release.version)} className={classes["version"]}>
              <ReleaseName version={release.version} />
            </PageLink>
            <span className={classes["facts"]}>
              {isRolledBack && previous && (
                <Chip tone="warn" title={`Rolled back from ${previous.version}`}>
                  Rolled back
                </Chip>
              )}
              {isHidden && <Chip title="This project hides the environment from the board and lists">Hidden</Chip>}
              <TimeAgo at={deploy.dateFinished} />
              <Deployer deployer={deploy.deployer} />
            </span>
          </li>
        )),
      )}
    </ul>
  );
}
