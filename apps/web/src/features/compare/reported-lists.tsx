import type { ComparisonView } from "@landfall/schema/releases/compare";
import type { ReactNode } from "react";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { CommitList, ContributorTable, FileList, ListSection } from "./comparison-lists.tsx";
import { countBySide, CountTable } from "./comparison-summary.tsx";
import classes from "./comparison.module.css";

type ReportedListsProps = {
  readonly to: OrganizationUrls;
  readonly comparison: ComparisonView;
  readonly names: { readonly base: ReactNode; readonly head: ReactNode };
  readonly isOpen: boolean;
};

/** The lists that were reported with the two releases alone, collapsed unless they are all there is. */
export function ReportedLists({ to, comparison, names, isOpen }: ReportedListsProps) {
  const {
    base,
    head,
    reported: { commits, people, files },
  } = comparison;
  const isOne = base.release.version === head.release.version;
  return (
    <details open={isOpen} className={classes["reported"]}>
      <summary>
        <h2>As reported</h2>
        <span className="soft">the lists of {isOne ? "this release" : "these two releases alone"}, without the releases before</span>
      </summary>
      {!isOne && <CountTable counts={countBySide(comparison)} />}
      <section aria-labelledby="commits">
        <h3 id="commits">Commits</h3>
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
        <ListSection title={isOne ? "All" : "In both"} list={commits.both} isOpen={isOne}>
          {(items) => <CommitList to={to} commits={items} />}
        </ListSection>
      </section>
      <section aria-labelledby="people">
        <h3 id="people">People</h3>
        {people.total === 0 ? (
          <p className="soft">No commit of {isOne ? "the" : "either"} release has an author.</p>
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
        <h3 id="files">Files</h3>
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
        <ListSection title={isOne ? "All" : "In both"} list={files.both} isOpen={isOne}>
          {(items) => <FileList files={items} />}
        </ListSection>
      </section>
    </details>
  );
}
