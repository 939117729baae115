import { ReleaseName } from "#ui/release-name.tsx";
import { formatCount } from "@landfall/domain/format";
import type { CommitBriefView, DeployBriefView, ReleaseBriefView } from "@landfall/schema/brief";
import type { ComparedSideView, ContentDifferenceView, ReportedView } from "@landfall/schema/releases/compare";
import type { ReactNode } from "react";
import { Avatar } from "#ui/avatar.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./comparison.module.css";

type ListSectionProps<T> = {
  readonly title: ReactNode;
  readonly list: { readonly total: number; readonly items: readonly T[] };
  /** Whether it is open initially; by default, if it is short. */
  readonly isOpen?: boolean;
  readonly children: (items: readonly T[]) => ReactNode;
};

/** Lists up to this length are open initially. */
const OPEN_LIMIT = 20;

/** A collapsible list with its count. An empty list is one line. */
export function ListSection<T>({ title, list: { total, items }, isOpen = total <= OPEN_LIMIT, children }: ListSectionProps<T>) {
  if (total === 0) {
    return (
      <p className={classes["none"]}>
        {title} <b>0</b>
      </p>
    );
  }
  return (
    <details open={isOpen} className={classes["list"]}>
      <summary>
        {title} <b>{total.toLocaleString("en")}</b>
        {items.length < total && <span className="soft"> (showing the first {items.length.toLocaleString("en")})</span>}
      </summary>
      {children(items)}
    </details>
  );
}

/** Commits, one line each: author, subject, hash, and date. */
export function CommitList({ to, commits }: { readonly to: OrganizationUrls; readonly commits: readonly CommitBriefView[] }) {
  return (
    <ul className={classes["commits"]}>
      {commits.map(({ sha, subject, author, dateCreated, repository }) => (
        <li key={`${repository} ${sha}`} data-row="">
          {author ? <Avatar {...author} /> : <span className={classes["noAuthor"]} title="No author" />}
          <span className="cut" title={`${subject} (${repository})`}>
            {subject || <em className="soft">No message</em>}
          </span>
          <PageLink href={to.commit(sha)} data-open="" className="mono" title={sha} aria-label={`Commit ${sha.slice(0, 10)}: ${subject}`}>
            {sha.slice(0, 10)}
          </PageLink>
          <TimeAgo at={dateCreated} />
        </li>
      ))}
    </ul>
  );
}

/** Contributors with their number of commits, one line each. */
export function PeopleList({
  to,
  people,
}: {
  readonly to: OrganizationUrls;
  readonly people: Readonly<ContentDifferenceView["people"]["items"]>;
}) {
  return (
    <ul className={classes["persons"]}>
      {people.map(({ person, commits }) => (
        <li key={`${person.email} ${person.userId}`} data-row="">
          <Avatar {...person} />
          <PageLink href={to.person(person.email)} data-open="" className="cut" title={person.email}>
            {person.name ?? person.email}
          </PageLink>
          <span className="soft">{formatCount(commits, "commit")}</span>
        </li>
      ))}
    </ul>
  );
}

/** Releases with their number of commits, one line each. */
export function ReleaseList({ to, releases }: { readonly to: OrganizationUrls; readonly releases: readonly ReleaseBriefView[] }) {
  return (
    <ul className={classes["releases"]}>
      {releases.map(({ version, commitCount, dateReleased, dateCreated }) => (
        <li key={version}>
          <PageLink href={to.release(version)} className="cut">
            <ReleaseName version={version} />
          </PageLink>
          <span className="soft">
            {commitCount === 0 ? "no commits" : formatCount(commitCount, "commit")}, <TimeAgo at={dateReleased ?? dateCreated} />
          </span>
        </li>
      ))}
    </ul>
  );
}

type ContributorTableProps = {
  readonly to: OrganizationUrls;
  readonly people: ReportedView["people"];
  readonly base: ComparedSideView;
  readonly head: ComparedSideView;
};

/** The number of commits of each contributor on each side. */
export function ContributorTable({ to, people, base, head }: ContributorTableProps) {
  return (
    <table className={classes["people"]}>
      <thead>
        <tr>
          <th scope="col">Contributor</th>
          <th scope="col" title={base.release.version}>
            From
          </th>
          <th scope="col" title={head.release.version}>
            To
          </th>
        </tr>
      </thead>
      <tbody>
        {people.items.map(({ person, base: ofBase, head: ofHead }) => (
          <tr key={`${person.email} ${person.userId}`} data-row="">
            <td>
              <Avatar {...person} />
              <PageLink href={to.person(person.email)} data-open="" className="cut" title={person.email}>
                {person.name ?? person.email}
              </PageLink>
            </td>
            <td>{ofBase.toLocaleString("en")}</td>
            <td>{ofHead.toLocaleString("en")}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** Changed files, grouped by repository. */
export function FileList({ files }: { readonly files: readonly { readonly repository: string; readonly path: string }[] }) {
  return [...Map.groupBy(files, ({ repository }) => repository)].map(([repository, ofRepository]) => (
    <div key={repository} className={classes["files"]}>
      <p className="soft">{repository}</p>
      <ul>
        {ofRepository.map(({ path }) => (
          <li key={path} className="mono cut" title={path}>
            {path}
          </li>
        ))}
      </ul>
    </div>
  ));
}

/** Deploys of a release, one line each. */
export function DeployList({ to, deploys }: { readonly to: OrganizationUrls; readonly deploys: readonly DeployBriefView[] }) {
  return (
    <ul className={classes["releases"]}>
      {deploys.map(({ id, environment, dateFinished, deployer }) => (
        <li key={id}>
          <PageLink href={to.environment(environment)} className="cut" title={environment}>
            {environment}
          </PageLink>
          <span className="soft">
            <TimeAgo at={dateFinished} />
            {deployer && `, by ${deployer.name ?? deployer.email}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
