import { ReleaseName } from "#ui/release-name.tsx";
import type { CommitBriefView } from "@landfall/schema/brief";
import type { ChangeLocationView, FoundChangeView } from "@landfall/schema/releases/search";
import { Avatar } from "#ui/avatar.tsx";
import { Chip } from "#ui/chip.tsx";
import { RowKeys } from "#ui/keyboard/keyboard.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { TimeAgo } from "#ui/time-ago.tsx";
import { describeEnvironment, groupByState, STATE_LABELS } from "./change-location.ts";
import classes from "./change-list.module.css";

/** A commit with its releases; for search results, also with its environments and what matched. */
type Change = CommitBriefView &
  Pick<FoundChangeView, "releases" | "releaseCount"> &
  Partial<Pick<FoundChangeView, "environments" | "matched">>;

type ChangeListProps = { readonly to: OrganizationUrls; readonly commits: readonly Change[]; readonly now: Date };

/** Commits with their releases and environments. */
export function ChangeList({ to, commits, now }: ChangeListProps) {
  return (
    <>
      <RowKeys />
      <ul className={`list ${classes["rows"]}`}>
        {commits.map((commit) => (
          <Row key={`${commit.repository} ${commit.sha}`} to={to} commit={commit} now={now} />
        ))}
      </ul>
    </>
  );
}

function Row({ to, commit, now }: { readonly to: OrganizationUrls; readonly commit: Change; readonly now: Date }) {
  const { sha, subject, dateCreated, repository, author, matched = [], environments } = commit;
  return (
    <li data-row="">
      <div className={classes["commit"]}>
        {author && <Avatar {...author} />}
        <PageLink href={to.commit(sha, { repository })} data-open="" className="cut" title={subject}>
          {subject || "No message"}
        </PageLink>
        <span className={classes["match"]}>{matched.filter((by) => by === "author" || by === "file").map((by) => MATCH_LABELS[by])}</span>
        {!environments && <ReleasesOf to={to} commit={commit} />}
        <span className={classes["repository"]}>{repository}</span>
        <code title={sha}>{sha.slice(0, 10)}</code>
        <TimeAgo at={dateCreated} />
      </div>
      {environments && (
        <div className={classes["location"]}>
          <ReleasesOf to={to} commit={commit} />
          <LocationChips environments={environments} now={now} />
        </div>
      )}
    </li>
  );
}

/** Matches that the row does not show by itself. */
const MATCH_LABELS = { author: "matched by author ", file: "matched by file " } as const;

function ReleasesOf({ to, commit: { releases, releaseCount } }: { readonly to: OrganizationUrls; readonly commit: Change }) {
  const newest = releases.at(0);
  if (!newest) return <span className="soft">Not in a release yet</span>;
  return (
    <span className={classes["releases"]}>
      <span className="soft">in </span>
      <PageLink href={to.release(newest.version)}>
        <ReleaseName version={newest.version} />
      </PageLink>
      {releaseCount > 1 && <span className="soft"> and {releaseCount - 1} more</span>}
    </span>
  );
}

type LocationChipsProps = { readonly environments: readonly ChangeLocationView[]; readonly now: Date };

/** The environments of a change, production first. */
function LocationChips({ environments, now }: LocationChipsProps) {
  if (environments.length === 0) return null;
  return (
    <ul className="chips" aria-label="Environments">
      {groupByState(environments).map((places) => {
        const [{ environment, state }] = places;
        const { tone, icon, label } = STATE_LABELS[state];
        return (
          <li key={`${environment} ${state}`}>
            <Chip tone={tone} title={describeEnvironment(places, now)}>
              <span aria-hidden="true">{icon}</span> {environment} <span className="unseen">: {label}</span>
            </Chip>
          </li>
        );
      })}
    </ul>
  );
}
