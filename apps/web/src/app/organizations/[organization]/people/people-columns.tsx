import type { ListedContributorView } from "@landfall/schema/views/people";
import type { OrganizationUrls } from "../../../../ui/addresses.ts";
import { Avatar } from "../../../../ui/face.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import type { Column } from "../../../../ui/table/data-table.tsx";
import { TimeAgo } from "../../../../ui/time-ago.tsx";
import classes from "./people-columns.module.css";

/** What is told of each person. */
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
    key: "addresses",
    head: "Addresses",
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
