"use client";

import { formatSide } from "@landfall/domain/comparison/compare-side";
import { formatCount } from "@landfall/domain/format";
import type { CommitView } from "@landfall/schema/releases/commits";
import type { ReleaseSummaryView } from "@landfall/schema/releases/release-summary";
import { Button } from "@mantine/core";
import { Chip } from "#ui/chip.tsx";
import { DescriptionList } from "#ui/description-list.tsx";
import { Loaded, PeekDrawer } from "#ui/dialog/peek-drawer.tsx";
import { PageLink } from "#ui/links.tsx";
import { organizationUrls, type OrganizationUrls } from "#ui/organization-urls.ts";
import { ReleaseName } from "#ui/release-name.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./release-drawer.module.css";

type ReleaseDrawerProps = {
  readonly organization: string;
  readonly version: string;
  readonly onStep: (step: 1 | -1) => void;
  readonly onClose: () => void;
};

const COMMIT_LIMIT = 10;

/** A preview of a release: its facts, where it is deployed, and its newest commits. */
export function ReleaseDrawer({ organization, version, onStep, onClose }: ReleaseDrawerProps) {
  const to = organizationUrls(organization);
  return (
    <PeekDrawer title={<ReleaseName version={version} />} onStep={onStep} onClose={onClose}>
      <Loaded
        key={version}
        what="release"
        read={async (client, signal) => {
          const [release, commits] = await Promise.all([
            client.releases.head.query({ organization, version }, { signal }),
            client.commits.ofRelease.query({ organization, version, per_page: COMMIT_LIMIT }, { signal }),
          ]);
          return { release, commits: commits.items };
        }}
      >
        {({ release, commits }) => <Preview to={to} release={release} commits={commits} />}
      </Loaded>
      <p className="soft keyboard-only">
        <kbd>j</kbd> and <kbd>k</kbd> show the next and previous release.
      </p>
    </PeekDrawer>
  );
}

type PreviewProps = {
  readonly to: OrganizationUrls;
  readonly release: ReleaseSummaryView;
  readonly commits: readonly Pick<CommitView, "id" | "message" | "dateCreated" | "repository">[];
};

function Preview({ to, release, commits }: PreviewProps) {
  const { version, status, dateCreated, dateReleased, projects, owner, peopleCount, artifactCount, environments, commitCount, beside } =
    release;
  return (
    <>
      <p>
        {status === "archived" && <Chip tone="warn">archived</Chip>} created <TimeAgo at={dateCreated} />
        {dateReleased ? (
          <>
            , released <TimeAgo at={dateReleased} />
          </>
        ) : (
          ", unreleased"
        )}
      </p>
      <div className="row">
        <Button component={PageLink} variant="default" href={to.release(version)}>
          Open
        </Button>
        {beside?.previous != null && (
          <Button
            component={PageLink}
            variant="default"
            href={to.compare({ base: formatSide(beside.previous), head: formatSide(version) })}
          >
            Compare with the previous release
          </Button>
        )}
      </div>
      <DescriptionList
        facts={[
          [projects.length === 1 ? "Project" : "Projects", projects.map(({ slug }) => slug).join(", ")],
          ...(owner ? [["Owner", owner.name ?? owner.email] as const] : []),
          ["Contributors", peopleCount.toLocaleString("en")],
          ["Artifacts", formatCount(artifactCount, "file")],
        ]}
      />
      <section aria-labelledby="preview-environments">
        <h3 id="preview-environments">Deployed to</h3>
        {environments.length === 0 ? (
          <p className="soft">Not deployed yet</p>
        ) : (
          <ul className="chips">
            {environments.map(({ deploy, isCurrent }) => (
              <li key={deploy.environment}>
                <PageLink href={to.environment(deploy.environment)}>
                  <Chip tone={isCurrent ? "ok" : "plain"} title={isCurrent ? "Current" : "No longer current"}>
                    {isCurrent && <span className="unseen">current in</span>} {deploy.environment}{" "}
                    <TimeAgo at={deploy.dateFinished} format="chip" />
                  </Chip>
                </PageLink>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section aria-labelledby="preview-commits">
        <h3 id="preview-commits">{commitCount > commits.length ? `Newest of ${formatCount(commitCount, "commit")}` : "Commits"}</h3>
        {commits.length === 0 ? (
          <p className="soft">No commits reported for this release</p>
        ) : (
          <ul className={`list ${classes["commits"]}`}>
            {commits.map(({ id, message, dateCreated: date, repository }) => (
              <li key={`${repository.name} ${id}`}>
                <PageLink href={to.commit(id, { repository: repository.name })} className="cut" title={message ?? undefined}>
                  {message?.split("\n", 1)[0] || id.slice(0, 10)}
                </PageLink>
                <TimeAgo at={date} />
              </li>
            ))}
          </ul>
        )}
      </section>
    </>
  );
}
