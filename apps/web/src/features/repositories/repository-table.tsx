import { detectHost, LINK_HOST_NAMES } from "@landfall/domain/commits/repository-links";
import type { ManagedRepositoryView } from "@landfall/schema/releases/repositories";
import type { ReactNode } from "react";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import type { OrganizationUrls } from "#ui/organization-urls.ts";
import { actionsColumn } from "#ui/table/columns.tsx";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";
import { MergeRepository } from "./merge-repository.tsx";
import { EditRepository } from "./repository-form.tsx";

/** What the dialogs of a repository need. */
type RepositoryEditing = {
  readonly organization: string;
  readonly ticketUrl: string | null;
  /** The repositories that one can be merged into. */
  readonly targets: readonly { readonly id: string; readonly name: string }[];
};

type RepositoryTableProps = {
  readonly repositories: readonly ManagedRepositoryView[];
  /** Null if the viewer may not change repositories. */
  readonly editing: RepositoryEditing | null;
  readonly to: OrganizationUrls;
  readonly empty: ReactNode;
};

/** The repositories with URL, host, and last commit. */
export function RepositoryTable({ repositories, editing, to, empty }: RepositoryTableProps) {
  return (
    <DataTable
      caption="Repositories"
      columns={editing === null ? dataColumns(to) : [...dataColumns(to), editColumn(editing)]}
      rows={repositories}
      keyOf={({ id }) => id}
      empty={empty}
    />
  );
}

const dataColumns = (to: OrganizationUrls): readonly Column<ManagedRepositoryView>[] => [
  {
    key: "name",
    head: "Repository",
    cell: ({ name, aliases }) => (
      <>
        {name} {aliases.length > 0 && <small className="soft">also {aliases.join(", ")}</small>}
      </>
    ),
  },
  {
    key: "url",
    head: "URL",
    grows: true,
    hideBelow: "phone",
    cell: ({ url }) => (url === null ? <span className="soft">not set</span> : <ExternalLink href={url}>{url}</ExternalLink>),
  },
  { key: "host", head: "Host", hideBelow: "tablet", cell: (repository) => <Host repository={repository} /> },
  {
    key: "commits",
    head: "Commits",
    align: "end",
    hideBelow: "phone",
    cell: ({ commits: { count, isCapped } }) => `${count.toLocaleString("en")}${isCapped ? "+" : ""}`,
  },
  {
    key: "last",
    head: "Last commit",
    hideBelow: "tablet",
    cell: ({ name, lastCommit }) =>
      lastCommit === null ? (
        <span className="soft">none</span>
      ) : (
        <>
          <PageLink href={to.commit(lastCommit.sha, { repository: name })} data-open="" className="mono" title={lastCommit.sha}>
            {lastCommit.sha.slice(0, 10)}
          </PageLink>{" "}
          <TimeAgo at={lastCommit.dateCreated} />
        </>
      ),
  },
];

const editColumn = ({ organization, ticketUrl, targets }: RepositoryEditing) =>
  actionsColumn((repository: ManagedRepositoryView) => (
    <>
      <EditRepository organization={organization} repository={repository} ticketUrl={ticketUrl} />
      {targets.length > 1 && (
        <MergeRepository
          organization={organization}
          repository={{ id: repository.id, name: repository.name }}
          others={targets.filter(({ id }) => id !== repository.id)}
        />
      )}
    </>
  ));

function Host({ repository: { url, links } }: { readonly repository: ManagedRepositoryView }) {
  const host = links?.host ?? detectHost(url);
  if (links?.templates) return host ? `${LINK_HOST_NAMES[host]}, templates` : "Templates";
  if (host) return LINK_HOST_NAMES[host];
  return <span className="soft">{url === null ? "" : "unknown"}</span>;
}
