import type { CommitBriefView } from "@landfall/schema/views/brief";
import type { Addresses } from "../../../../ui/addresses.ts";
import { Face } from "../../../../ui/face.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./comparison.module.css";

/** Commits, a line each: who, what, which, when. */
export function CommitLines({ to, commits }: { readonly to: Addresses; readonly commits: readonly CommitBriefView[] }) {
  return (
    <ul className={classes["commits"]}>
      {commits.map(({ sha, subject, author, dateCreated, repository }) => (
        <li key={`${repository} ${sha}`} data-row="">
          {author ? <Face {...author} /> : <span className={classes["nobody"]} title="Nobody named" />}
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
