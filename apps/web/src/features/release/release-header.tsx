import { formatRelease } from "@landfall/domain/versions/release-name";
import { ReleaseName } from "#ui/release-name.tsx";
import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import type { ReactNode } from "react";
import { quoteValue } from "#features/releases/query-completions.ts";
import { Chip } from "#ui/chip.tsx";
import { CopyButton } from "#ui/copy-download.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { ReleaseMenu } from "./release-menu.tsx";
import { ReleaseNeighbors } from "./release-neighbors.tsx";
import { editableRelease, type ReleasePage } from "./release-page.ts";
import { releaseTextFields } from "./release-texts.ts";
import classes from "./release-header.module.css";

/** The header of a release's pages: version, environments, details, and links to the neighboring releases. */
export function ReleaseHeader({ page }: { readonly page: ReleasePage }) {
  const { organization, release, to, projectParam } = page;
  const { version, versionInfo, owner, beside, may } = release;
  return (
    <div className={classes["head"]} data-release-header="">
      <div className={classes["top"]}>
        <p className={classes["path"]}>
          <PageLink href={to.releases()}>Releases</PageLink>
          {versionInfo?.package && (
            <>
              {" / "}
              <PageLink href={to.releases({ query: `release.package:${quoteValue(versionInfo.package)}` })}>{versionInfo.package}</PageLink>
            </>
          )}
        </p>
        {beside && (
          <ReleaseNeighbors
            organization={organization}
            version={version}
            previous={beside.previous}
            next={beside.next}
            project={beside.project}
            projectParam={projectParam}
            projects={release.projects.map(({ slug, name }) => ({ slug, name }))}
          />
        )}
      </div>
      <div className={classes["top"]}>
        <div className={classes["title"]}>
          <h1>
            <ReleaseName version={version} />
          </h1>
          <CopyButton text={version} what="the version" />
          {release.status === "archived" ? (
            <Chip tone="warn" title="Hidden from lists by default">
              Archived
            </Chip>
          ) : (
            <Chip>Open</Chip>
          )}
        </div>
        {may.change && <ReleaseMenu release={editableRelease(organization, release)} />}
      </div>
      <div className={classes["details"]}>
        <EnvironmentChips to={to} environments={release.environments} />
        <dl className={classes["facts"]}>
          {formatRelease(version) !== version && <Fact name="Version">{<span className="mono">{version}</span>}</Fact>}
          <Fact name="Created">
            <TimeAgo at={release.dateCreated} />
          </Fact>
          {release.dateReleased && (
            <Fact name="Released">
              <TimeAgo at={release.dateReleased} />
            </Fact>
          )}
          {owner && (
            <Fact name="Owner">
              <PageLink href={to.person(owner.email)}>{owner.name ?? owner.email}</PageLink>
            </Fact>
          )}
          {releaseTextFields(release).map(
            ({ name, label, value }) =>
              value && (
                <Fact key={name} name={label}>
                  {/^https?:\/\//i.test(value) ? (
                    <ExternalLink href={value} title={value}>
                      {value.replace(/^https?:\/\//i, "")}
                    </ExternalLink>
                  ) : (
                    <span className="mono">{value}</span>
                  )}
                </Fact>
              ),
          )}
        </dl>
      </div>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd className="cut">{children}</dd>
    </div>
  );
}

type EnvironmentChipsProps = { readonly to: OrganizationUrls; readonly environments: ReleaseSummaryView["environments"] };

/** The Deploys tab has the rest. */
const ENVIRONMENT_LIMIT = 12;

/** The environments the release was deployed to, each with its last deploy; those where it is current are marked. */
function EnvironmentChips({ to, environments }: EnvironmentChipsProps) {
  if (environments.length === 0) return null;
  return (
    <ul className={classes["environments"]} aria-label="Environments">
      {environments.slice(0, ENVIRONMENT_LIMIT).map(({ deploy: { id, environment, dateFinished }, isCurrent }) => {
        return (
          <li key={id}>
            <PageLink href={to.environment(environment)}>
              <Chip
                tone={isCurrent ? "ok" : "plain"}
                title={isCurrent ? `Current version in ${environment}` : `No longer current in ${environment}`}
              >
                <span aria-hidden="true">{isCurrent ? "●" : "○"}</span> <span className="cut">{environment}</span>
                {isCurrent ? <span className="unseen">current, deployed</span> : <span className="unseen">not current, deployed</span>}
                <TimeAgo at={dateFinished} />
              </Chip>
            </PageLink>
          </li>
        );
      })}
      {environments.length > ENVIRONMENT_LIMIT && <li className="soft">and {environments.length - ENVIRONMENT_LIMIT} more</li>}
    </ul>
  );
}
