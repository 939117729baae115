import type { FoundChangeView } from "@landfall/schema/views/find";
import type { Addresses } from "../../../../ui/addresses.ts";
import { Face } from "../../../../ui/face.tsx";
import { WhereChips } from "../../../../ui/find/where-chips.tsx";
import { RowKeys } from "../../../../ui/keyboard/row-keys.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./found-commits.module.css";

type FoundCommitsProps = { readonly to: Addresses; readonly commits: readonly FoundChangeView[]; readonly now: Date };

/** Commits with the releases that hold them and the environments they are in. */
export function FoundCommits({ to, commits, now }: FoundCommitsProps) {
  return (
    <>
      <RowKeys />
      <ul className={classes["rows"]}>
        {commits.map((commit) => (
          <Row key={`${commit.repository} ${commit.sha}`} to={to} commit={commit} now={now} />
        ))}
      </ul>
    </>
  );
}

function Row({ to, commit, now }: { readonly to: Addresses; readonly commit: FoundChangeView; readonly now: Date }) {
  const { sha, subject, dateCreated, repository, author, matched, environments } = commit;
  return (
    <li data-row="">
      <div className={classes["what"]}>
        {author && <Face {...author} />}
        <PageLink href={to.commit(sha, { repository })} data-open="" className="cut" title={subject}>
          {subject || "No message"}
        </PageLink>
        <span className={classes["by"]}>{matched.filter((by) => by === "author" || by === "file").map((by) => MATCHED[by])}</span>
        <span className={classes["repository"]}>{repository}</span>
        <code title={sha}>{sha.slice(0, 10)}</code>
        <TimeAgo at={dateCreated} />
      </div>
      <div className={classes["where"]}>
        <ReleasesOf to={to} commit={commit} />
        <WhereChips environments={environments} now={now} />
      </div>
    </li>
  );
}

/** That words are in the message is seen; these are not. */
const MATCHED = { author: "by its author ", file: "by a file " } as const;

function ReleasesOf({ to, commit: { releases, releaseCount } }: { readonly to: Addresses; readonly commit: FoundChangeView }) {
  // Where several hold it, the first was it that brought it.
  const first = releases.at(-1);
  const newest = releases.at(0);
  if (!first || !newest) return <span className="soft">In no release yet</span>;
  return (
    <span className={classes["releases"]}>
      <span className="soft">in </span>
      <PageLink href={to.release(newest.version)} title={newest.version}>
        {newest.version}
      </PageLink>
      {releaseCount > 1 && <span className="soft"> and {releaseCount - 1} more</span>}
    </span>
  );
}
