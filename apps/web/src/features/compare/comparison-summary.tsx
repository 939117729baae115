import { formatCount } from "@landfall/domain/format";
import type { ComparedSideView, ComparisonView, ReportedView } from "@landfall/schema/releases/compare";
import { Chip } from "#ui/chip.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./comparison.module.css";

type SideCardProps = {
  readonly to: OrganizationUrls;
  readonly name: "From" | "To";
  readonly side: ComparedSideView;
  /** Whether it is the newer of the two; null if neither is. */
  readonly isNewer: boolean | null;
};

/** One side of a comparison: its release, environment, date, and counts. */
export function SideCard({ to, name, side: { release, place, projects, deploys }, isNewer }: SideCardProps) {
  const { version, dateCreated, dateReleased, commitCount, status } = release;
  return (
    <div className={classes["side"]}>
      <p className="soft">
        {name}
        {place && (
          <>
            {": "}
            <PageLink href={to.environment(place.deploy.environment, { project: place.project.slug })}>
              {place.deploy.environment}
            </PageLink>{" "}
            of <PageLink href={to.project(place.project.slug)}>{place.project.slug}</PageLink>, since{" "}
            <TimeAgo at={place.deploy.dateFinished} />
          </>
        )}
      </p>
      <p className={classes["version"]}>
        <PageLink href={to.release(version)}>{version}</PageLink>
        {isNewer !== null && <Chip tone={isNewer ? "info" : "plain"}>{isNewer ? "newer" : "older"}</Chip>}
        {status === "archived" && <Chip tone="warn">Archived</Chip>}
      </p>
      <p className="soft">
        {dateReleased ? (
          <>
            released <TimeAgo at={dateReleased} />
          </>
        ) : (
          <>
            created <TimeAgo at={dateCreated} />, not released
          </>
        )}
        {` · ${formatCount(commitCount, "commit")} · ${formatCount(deploys.total, "deploy")} · ${projects
          .slice(0, 3)
          .map(({ slug }) => slug)
          .join(", ")}`}
        {projects.length > 3 && ` and ${projects.length - 3} more`}
      </p>
    </div>
  );
}

/** The counts of each side as numbers and bars; each row links to its section. */
export function CountTable({ counts }: { readonly counts: readonly SideCounts[] }) {
  return (
    <table className={classes["tally"]}>
      <caption className="unseen">Counts by side</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">What</span>
          </th>
          <th scope="col">Only in From</th>
          <th scope="col">Both</th>
          <th scope="col">Only in To</th>
        </tr>
      </thead>
      <tbody>
        {counts.map(({ what, base, both, head }) => (
          <tr key={what}>
            <th scope="row">
              <a href={`#${what.toLowerCase()}`}>{what}</a>
            </th>
            {[base, both, head].map((count, side) => (
              // oxlint-disable-next-line react/no-array-index-key -- the three cells never change order
              <td key={side} data-none={!count || undefined}>
                {count?.toLocaleString("en")}
              </td>
            ))}
            <td aria-hidden="true">
              <span className={classes["bar"]}>
                <span data-side="base" style={{ flexGrow: base }} />
                <span data-side="both" style={{ flexGrow: both ?? 0 }} />
                <span data-side="head" style={{ flexGrow: head }} />
              </span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The counts of one kind of data by side; `both` is null for what cannot be on both. */
type SideCounts = {
  readonly what: "Commits" | "People" | "Files" | "Deploys";
  readonly base: number;
  readonly both: number | null;
  readonly head: number;
};

/** Returns the counts of what was reported with the releases of a comparison. Contributors are omitted if the comparison does not list all of them. */
export function countBySide({ base, head, reported: { commits, people, files } }: ComparisonView): SideCounts[] {
  const countsOf = ({ onlyBase, both, onlyHead }: ReportedView["commits"] | ReportedView["files"]) => ({
    base: onlyBase.total,
    both: both.total,
    head: onlyHead.total,
  });
  const countPeople = (matches: (person: ReportedView["people"]["items"][number]) => boolean) => people.items.filter(matches).length;
  const isComplete = people.items.length === people.total;
  return [
    { what: "Commits", ...countsOf(commits) },
    ...(isComplete
      ? [
          {
            what: "People",
            base: countPeople((person) => person.head === 0),
            both: countPeople((person) => person.base > 0 && person.head > 0),
            head: countPeople((person) => person.base === 0),
          } as const,
        ]
      : []),
    { what: "Files", ...countsOf(files) },
    { what: "Deploys", base: base.deploys.total, both: null, head: head.deploys.total },
  ];
}
