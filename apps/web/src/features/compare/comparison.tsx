import { ReleaseName } from "#ui/release-name.tsx";
import { comparisonSummary, hasContent, nameSides } from "@landfall/domain/comparison/comparison-summary";
import type { ComparedSideView, ComparisonView, ContentDifferenceView } from "@landfall/schema/releases/compare";
import type { ReactNode } from "react";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { CommitList, DeployList, FileList, ListSection, PeopleList, ReleaseList } from "./comparison-lists.tsx";
import { SideCard } from "./comparison-summary.tsx";
import { ReportedLists } from "./reported-lists.tsx";
import classes from "./comparison.module.css";

type ComparisonProps = { readonly to: OrganizationUrls; readonly comparison: ComparisonView };

/** A comparison of two releases: a summary, then what is new, what is missing, the deploys, and the lists as reported. */
export function Comparison({ to, comparison }: ComparisonProps) {
  const { base, head, relation, line, added, missing } = comparison;
  const isOne = base.release.version === head.release.version;
  const names = nameSides(comparison);
  const newer = relation === "ahead" ? head : relation === "behind" ? base : null;
  return (
    <>
      <section aria-labelledby="summary">
        <h2 id="summary" className="unseen">
          Summary
        </h2>
        <div className={classes["sides"]}>
          <SideCard to={to} name="From" side={base} isNewer={newer && newer === base} />
          <SideCard to={to} name="To" side={head} isNewer={newer && newer === head} />
        </div>
        <p className={classes["statement"]}>{comparisonSummary(comparison).join(" ")}</p>
        {line && !isOne && (
          <p className={classes["basis"]}>
            Counted over the releases{line.package !== null && ` of ${line.package}`} in the project {line.project.slug}, up to each side.
            {relation === "parted" &&
              " A fix of an older version does not belong to newer versions, unless one of them has reported its commits too."}
          </p>
        )}
      </section>
      {added && <Difference to={to} id="added" title={`New in ${names.head}`} difference={added} />}
      {missing && <Difference to={to} id="missing" title={`Missing from ${names.head}`} difference={missing} />}
      <section aria-labelledby="deploys">
        <h2 id="deploys">Deploys</h2>
        {(isOne ? [head] : [head, base]).map((side) => (
          <ListSection key={side.release.version} title={<>Of {<Version side={side} />}</>} list={side.deploys}>
            {(items) => <DeployList to={to} deploys={items} />}
          </ListSection>
        ))}
      </section>
      <ReportedLists
        to={to}
        comparison={comparison}
        names={{ base: <Version side={base} />, head: <Version side={head} /> }}
        isOpen={isOne || relation === "unrelated"}
      />
    </>
  );
}

type DifferenceProps = {
  readonly to: OrganizationUrls;
  readonly id: string;
  readonly title: ReactNode;
  readonly difference: ContentDifferenceView;
};

/** What one side contains and the other does not; nothing if there is nothing. */
function Difference({ to, id, title, difference }: DifferenceProps) {
  if (!hasContent(difference)) return null;
  const { commits, people, files, releases } = difference;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {commits.total > 0 && (
        <>
          <ListSection title="Commits" list={commits} isOpen>
            {(items) => <CommitList to={to} commits={items} />}
          </ListSection>
          <ListSection title="People" list={people}>
            {(items) => <PeopleList to={to} people={items} />}
          </ListSection>
          <ListSection title="Files" list={files}>
            {(items) => <FileList files={items} />}
          </ListSection>
        </>
      )}
      <ListSection title="Releases" list={releases}>
        {(items) => <ReleaseList to={to} releases={items} />}
      </ListSection>
    </section>
  );
}

/** The version of a side, truncated if long. */
function Version({ side: { release } }: { readonly side: ComparedSideView }) {
  return (
    <span className={classes["name"]}>
      <ReleaseName version={release.version} />
    </span>
  );
}
