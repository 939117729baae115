import type { CommitView } from "@landfall/schema/views/commit";
import type { OrganizationUrls } from "../../../../../ui/addresses.ts";
import { Avatar } from "../../../../../ui/face.tsx";
import { PageLink } from "../../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../../ui/time-ago.tsx";
import { CommitSubject } from "./commit-subject.tsx";
import { commitAuthor } from "./person-of.ts";
import { commitSubject } from "./subject-of.ts";
import classes from "./commit-rows.module.css";

/** Commits, a line each: what, which, who, when. */
export function CommitList({ to, commits }: { readonly to: OrganizationUrls; readonly commits: readonly CommitView[] }) {
  return (
    <ul className={classes["rows"]}>
      {commits.map((commit) => (
        <CommitRow key={`${commit.repository.id} ${commit.id}`} to={to} commit={commit} />
      ))}
    </ul>
  );
}

function CommitRow({
  to,
  commit: { id, message, author, dateCreated, repository },
}: {
  readonly to: OrganizationUrls;
  readonly commit: CommitView;
}) {
  const person = commitAuthor(author);
  const subject = commitSubject(message);
  return (
    <li data-row="">
      {person ? <Avatar {...person} /> : <span className={classes["nobody"]} aria-hidden="true" />}
      <span className="cut" title={message ?? undefined}>
        <CommitSubject message={message} repository={repository} />
      </span>
      <span className={classes["who"]}>{person ? (person.name ?? person.email) : "Nobody named"}</span>
      <PageLink href={to.commit(id)} data-open="" className="mono" title={id} aria-label={`Commit ${id.slice(0, 10)}: ${subject}`}>
        {id.slice(0, 10)}
      </PageLink>
      <TimeAgo at={dateCreated} />
    </li>
  );
}
