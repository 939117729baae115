import type { ComparedSideView, ComparisonView } from "@landfall/schema/views/compare";
import type { Addresses } from "../../../../ui/addresses.ts";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import { CommitLines } from "./commit-lines.tsx";
import { CountedSection } from "./counted-section.tsx";
import { DeployLines } from "./deploy-lines.tsx";
import { FileList } from "./file-list.tsx";
import { PeopleTable } from "./people-table.tsx";
import { SideCard } from "./side-card.tsx";
import { counted } from "../../../../ui/counted.ts";
import { summaryText } from "./summary-text.ts";
import { tallyOf } from "./tally.ts";
import { TallyTable } from "./tally-table.tsx";
import classes from "./comparison.module.css";

type ComparisonProps = { readonly to: Addresses; readonly comparison: ComparisonView };

/** Two releases beside each other: how they stand, and what they have apart and in common. */
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
        <p className={classes["said"]}>{summaryText(comparison).join(" ")}</p>
        {!isOne && <TallyTable tallies={tallyOf(comparison)} />}
      </section>
      {between && distance && distance.releases > 1 && (
        <section aria-labelledby="between">
          <h2 id="between">What came in between, in {distance.project.slug}</h2>
          <p className="soft">
            Every release after <Version side={distance.newer === "head" ? base : head} /> up to{" "}
            <Version side={distance.newer === "head" ? head : base} />, by date, and their commits, each once.
          </p>
          <CountedSection title="Releases" list={between.releases} isOpen>
            {(items) => (
              <ul className={classes["releases"]}>
                {items.map(({ version, commitCount, dateReleased, dateCreated }) => (
                  <li key={version}>
                    <PageLink href={to.release(version)} className="cut" title={version}>
                      {version}
                    </PageLink>
                    <span className="soft">
                      {counted(commitCount, "commit")}, <TimeAgo at={dateReleased ?? dateCreated} />
                    </span>
                  </li>
                ))}
              </ul>
            )}
          </CountedSection>
          <CountedSection title="Commits" list={between.commits} isOpen>
            {(items) => <CommitLines to={to} commits={items} />}
          </CountedSection>
        </section>
      )}
      <section aria-labelledby="commits">
        <h2 id="commits">Commits reported with each</h2>
        {!isOne && (
          <>
            <CountedSection title={<>Only in {names.head}</>} list={commits.onlyHead}>
              {(items) => <CommitLines to={to} commits={items} />}
            </CountedSection>
            <CountedSection title={<>Only in {names.base}</>} list={commits.onlyBase}>
              {(items) => <CommitLines to={to} commits={items} />}
            </CountedSection>
          </>
        )}
        <CountedSection title="In both" list={commits.both} isOpen={isOne}>
          {(items) => <CommitLines to={to} commits={items} />}
        </CountedSection>
      </section>
      <section aria-labelledby="people">
        <h2 id="people">People</h2>
        {people.total === 0 ? (
          <p className="soft">No commit of either names anybody.</p>
        ) : (
          <PeopleTable to={to} people={people} base={base} head={head} />
        )}
        {people.items.length < people.total && (
          <p className="soft">
            These are the first {people.items.length} of {people.total}.
          </p>
        )}
      </section>
      <section aria-labelledby="files">
        <h2 id="files">Files changed</h2>
        {!isOne && (
          <>
            <CountedSection title={<>Only in {names.head}</>} list={files.onlyHead}>
              {(items) => <FileList files={items} />}
            </CountedSection>
            <CountedSection title={<>Only in {names.base}</>} list={files.onlyBase}>
              {(items) => <FileList files={items} />}
            </CountedSection>
          </>
        )}
        <CountedSection title="In both" list={files.both} isOpen={isOne}>
          {(items) => <FileList files={items} />}
        </CountedSection>
      </section>
      <section aria-labelledby="deploys">
        <h2 id="deploys">Deploys</h2>
        {(isOne ? [head] : [head, base]).map((side) => (
          <CountedSection
            key={side.release.version}
            title={
              <>
                Of <Version side={side} />
              </>
            }
            list={side.deploys}
          >
            {(items) => <DeployLines to={to} deploys={items} />}
          </CountedSection>
        ))}
      </section>
    </>
  );
}

/** A side's version, cut where it is long. */
function Version({ side: { release } }: { readonly side: ComparedSideView }) {
  return (
    <span className={classes["name"]} title={release.version}>
      {release.version}
    </span>
  );
}
