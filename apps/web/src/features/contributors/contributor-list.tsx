import type { ListedContributorView } from "@landfall/schema/organizations/contributors";
import { Avatar } from "#ui/avatar.tsx";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import type { Column } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import classes from "./contributor-list.module.css";

/** The columns of the list of contributors. */
export const contributorColumns = (to: OrganizationUrls): readonly Column<ListedContributorView>[] => [
  {
    key: "name",
    head: "Name",
    cell: ({ name, email, isBot }) => (
      <span className={classes["name"]}>
        <Avatar name={name} email={email} isBot={isBot} />
        <PageLink href={to.person(email)} data-open="" className="cut" title={email}>
          {name ?? email}
        </PageLink>
      </span>
    ),
  },
  {
    key: "emails",
    head: "Email addresses",
    grows: true,
    hideBelow: "phone",
    cell: ({ emails }) => (
      <span title={emails.join(", ")}>
        {emails[0]}
        {emails.length > 1 && <span className="soft"> and {emails.length - 1} more</span>}
      </span>
    ),
  },
  {
    key: "commits",
    head: "Commits",
    align: "end",
    cell: ({ commitCount, hasMoreCommits }) =>
      commitCount === null ? <span className="soft">—</span> : `${commitCount.toLocaleString("en")}${hasMoreCommits ? "+" : ""}`,
  },
  {
    key: "last",
    head: "Last commit",
    align: "end",
    hideBelow: "phone",
    cell: ({ lastCommit }) => (lastCommit ? <TimeAgo at={lastCommit} /> : <span className="soft">—</span>),
  },
];

type NoContributorsProps = { readonly to: OrganizationUrls; readonly text: string; readonly kind: "people" | "bots" };

/** Explains why the list is empty, and what to do. */
export function NoContributors({ to, text, kind }: NoContributorsProps) {
  const isBots = kind === "bots";
  if (text !== "") {
    return (
      <EmptyState title={`No ${isBots ? "bots" : "people"} match “${text}”`}>
        <p>
          <PageLink href={to.people({ kind: isBots ? kind : null })}>Show all</PageLink>, or search{" "}
          <PageLink href={to.people({ q: text, kind: isBots ? null : "bots" })}>{isBots ? "people" : "bots"}</PageLink>.
        </p>
      </EmptyState>
    );
  }
  if (isBots) return <EmptyState title="No bots have commits in a release" />;
  return (
    <EmptyState title="No contributors yet">
      <p>Contributors are read from the commits of releases. Report commits from a git repository:</p>
      <CommandLine command="sentry-cli releases set-commits <version> --auto" />
    </EmptyState>
  );
}
