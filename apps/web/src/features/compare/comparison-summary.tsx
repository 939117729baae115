import type { ComparedSideView, ComparisonView } from "@landfall/schema/releases/compare";
import { Chip } from "#ui/chip.tsx";
import { formatCount } from "#ui/format.ts";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./comparison.module.css";

type SideCardProps = {
  readonly to: OrganizationUrls;
  readonly name: "From" | "To";
  readonly side: ComparedSideView;
  /** It is the newer one of the two; null when neither is. */
  readonly isNewer: boolean | null;
};

/** One side of a comparison in short: which release, where, how old, how much. */
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
            created <TimeAgo at={dateCreated} />, not finalized
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

/** How much is where, in numbers and as bars; each line leads to its part of the page. */
export function CountTable({ tallies }: { readonly tallies: readonly SideCounts[] }) {
  return (
    <table className={classes["tally"]}>
      <caption className="unseen">How much is where</caption>
      <thead>
        <tr>
          <th scope="col">
            <span className="unseen">What</span>
          </th>
          <th scope="col">Only from</th>
          <th scope="col">Both</th>
          <th scope="col">Only to</th>
        </tr>
      </thead>
      <tbody>
        {tallies.map(({ what, base, both, head }) => (
          <tr key={what}>
            <th scope="row">
              <a href={`#${what.toLowerCase()}`}>{what}</a>
            </th>
            {[base, both, head].map((count, side) => (
              // oxlint-disable-next-line react/no-array-index-key -- the three sides stand where they stand
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

/** How much of one kind is on which side; `both` is null for what cannot be in both. */
type SideCounts = {
  readonly what: "Commits" | "People" | "Files" | "Deploys";
  readonly base: number;
  readonly both: number | null;
  readonly head: number;
};

/** A comparison in numbers. People are left out where the comparison does not name all of them. */
export function countBySide({ base, head, commits, people, files }: ComparisonView): SideCounts[] {
  const apart = ({ onlyBase, both, onlyHead }: ComparisonView["commits"] | ComparisonView["files"]) => ({
    base: onlyBase.total,
    both: both.total,
    head: onlyHead.total,
  });
  const peopleWhere = (holds: (person: ComparisonView["people"]["items"][number]) => boolean) => people.items.filter(holds).length;
  const namesAll = people.items.length === people.total;
  return [
    { what: "Commits", ...apart(commits) },
    ...(namesAll
      ? [
          {
            what: "People",
            base: peopleWhere((person) => person.head === 0),
            both: peopleWhere((person) => person.base > 0 && person.head > 0),
            head: peopleWhere((person) => person.base === 0),
          } as const,
        ]
      : []),
    { what: "Files", ...apart(files) },
    { what: "Deploys", base: base.deploys.total, both: null, head: head.deploys.total },
  ];
}
