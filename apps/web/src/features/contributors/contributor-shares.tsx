import type { ReleaseAuthorsView } from "@landfall/schema/releases/commits";
import { Avatar } from "#ui/avatar.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import classes from "./contributor-shares.module.css";

type ContributorSharesProps = {
  readonly to: OrganizationUrls;
  readonly shares: ReleaseAuthorsView["items"];
  /** The total number of commits. */
  readonly of: number;
  readonly label: string;
};

/** Contributors with their share of a release's commits, as a bar and in numbers. */
export function ContributorShares({ to, shares, of, label }: ContributorSharesProps) {
  return (
    <ul className={`list ${classes["shares"]}`} aria-label={label}>
      {shares.map(({ person, commits }) => (
        <li key={person.email} data-row="">
          <Avatar {...person} />
          <PageLink href={to.person(person.email)} data-open="" className="cut" title={person.email}>
            {person.name ?? person.email}
          </PageLink>
          <span className={classes["bar"]} aria-hidden="true">
            <span style={{ width: `${(100 * commits) / Math.max(of, 1)}%` }} />
          </span>
          <span className={classes["count"]}>
            {commits.toLocaleString("en")}
            <span className="unseen"> commits, </span>
          </span>
          <span className={classes["percent"]}>{percent(commits, of)}</span>
        </li>
      ))}
    </ul>
  );
}

/** A share in whole percent; never 0 for more than nothing, and 100 only for all. */
function percent(part: number, whole: number): string {
  if (part >= whole) return "100 %";
  const exact = (100 * part) / whole;
  return exact < 1 ? "< 1 %" : `${Math.min(Math.round(exact), 99)} %`;
}
