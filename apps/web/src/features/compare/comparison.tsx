import type { ComparedSideView, ComparisonView } from "@landfall/schema/releases/compare";
import { formatCount } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { CommitList, ContributorTable, DeployList, FileList, ListSection } from "./comparison-lists.tsx";
import { countBySide, CountTable, SideCard } from "./comparison-summary.tsx";
import { summaryText } from "./comparison-text.ts";
import classes from "./comparison.module.css";

type ComparisonProps = { readonly to: OrganizationUrls; readonly comparison: ComparisonView };

/** A comparison of two releases: a summary, then what each has and what both have. */
export function Comparison({ to, comparison }: ComparisonProps) {
  const { base, head, distance, between, commits, people, files } = comparison;
  const isOne = base.release.version === head.release.version;
  const names = { base: <Version side={base} />, head: <Version side={head} /> };
  return (
    <>
      <section aria-labelledby="summary">
        <h2 id="summary" className="unseen">
          Summary
        </h2>
        <div className={classes["sides"]}>
          <SideCard to={to} name="From" side={base} isNewer={distance && distance.newer === "base"} />
          <SideCard to={to} name="To" side={head} isNewer={distance && distance.newer === "head"} />
        </div>
        <p className={classes["statement"]}>{summaryText(comparison).join(" ")}</p>
        {!isOne && <CountTable counts={countBySide(comparison)} />}
      </section>
      {between && distance && distance.releases > 1 && (
        <section aria-labelledby="between">
          <h2 id="between">Between the two, in {distance.project.slug}</h2>
          <p className="soft">
            Releases after <Version side={distance.newer === "head" ? base : head} /> up to{" "}
            <Version side={distance.newer === "head" ? head : base} />, by date, with their commits.
          </p>
          <ListSection title="Releases" list={between.releases} isOpen>
            {(items) => (
              <ul className={classes["releases"]}>
                {items.map(({ version, commitCount, dateReleased, dateCreated }) => (
                  <li key={version}>
                    <PageLink href={to.release(version)} className="cut" title={version}>
                      {version}
                    </PageLink>
                    <span className="soft">
                      {formatCount(commitCount, "commit")}, <TimeAgo at={dateReleased ?? dateCreated} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </ListSection>
          <ListSection title="Commits" list={between.commits} isOpen>
            {(items) => <CommitList to={to} commits={items} />}
          </ListSection>
        </section>
      )}
      <section aria-labelledby="commits">
        <h2 id="commits">Commits of each release</h2>
        {!isOne && (
          <>
            <ListSection title={<>Only in {names.head}</>} list={commits.onlyHead}>
              {(items) => <CommitList to={to} commits={items} />}
            </ListSection>
            <ListSection title={<>Only in {names.base}</>} list={commits.onlyBase}>
              {(items) => <CommitList to={to} commits={items} />}
            </ListSection>
          </>
        )}
        <ListSection title="In both" list={commits.both} isOpen={isOne}>
          {(items) => <CommitList to={to} commits={items} />}
        </ListSection>
      </section>
      <section aria-labelledby="contributors">
        <h2 id="contributors">Contributors</h2>
        {people.total === 0 ? (
          <p className="soft">No commit of either release has an author.</p>
        ) : (
          <ContributorTable to={to} people={people} base={base} head={head} />
        )}
        {people.items.length < people.total && (
          <p className="soft">
            Showing the first {people.items.length} of {people.total}.
          </p>
        )}
      </section>
      <section aria-labelledby="files">
        <h2 id="files">Files changed</h2>
        {!isOne && (
          <>
            <ListSection title={<>Only in {names.head}</>} list={files.onlyHead}>
              {(items) => <FileList files={items} />}
            </ListSection>
            <ListSection title={<>Only in {names.base}</>} list={files.onlyBase}>
              {(items) => <FileList files={items} />}
            </ListSection>
          </>
        )}
        <ListSection title="In both" list={files.both} isOpen={isOne}>
          {(items) => <FileList files={items} />}
        </ListSection>
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Deploys</h2>
        {(isOne ? [head] : [head, base]).map((side) => (
          <ListSection
            key={side.release.version}
            title={
              <>
                Of <Version side={side} />
              </>
            }
            list={side.deploys}
          >
            {(items) => <DeployList to={to} deploys={items} />}
          </ListSection>
        ))}
      </section>
    </>
  );
}

/** The version of a side, truncated if long. */
function Version({ side: { release } }: { readonly side: ComparedSideView }) {
  return (
    <span className={classes["name"]} title={release.version}>
      {release.version}
    </span>
  );
}
