import type { CommitBriefView } from "@landfall/schema/views/brief";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Avatar } from "../../../../ui/face.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./comparison.module.css";

/** Commits, a line each: who, what, which, when. */
export function CommitList({ to, commits }: { readonly to: OrganizationUrls; readonly commits: readonly CommitBriefView[] }) {
  return (
    <ul className={classes["commits"]}>
      {commits.map(({ sha, subject, author, dateCreated, repository }) => (
        <li key={`${repository} ${sha}`} data-row="">
          {author ? <Avatar {...author} /> : <span className={classes["nobody"]} title="Nobody named" />}
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
