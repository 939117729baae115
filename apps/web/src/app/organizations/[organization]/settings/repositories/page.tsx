import { detectHost, LINK_HOST_NAMES } from "@landfall/domain/commits/repository-links";
import type { ManagedRepositoryView } from "@landfall/schema/releases/repositories";
import { Button, TextInput } from "@mantine/core";
import type { Metadata } from "next";
import { MergeRepository } from "#features/repositories/merge-repository.tsx";
import { EditRepository } from "#features/repositories/repository-form.tsx";
import { TicketForm } from "#features/repositories/ticket-form.tsx";
import { mayEditRepositories } from "#features/settings/settings-access.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState } from "#ui/empty-state.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { ExternalLink, PageLink } from "#ui/links.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { type OrganizationUrls, queryString } from "#ui/organization-urls.ts";
import { type Column, DataTable } from "#ui/table/data-table.tsx";
import { Pager } from "#ui/table/pager.tsx";
import { TimeAgo } from "#ui/time-ago.tsx";

export const metadata: Metadata = { title: "Repositories" };

type RepositoriesProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The most repositories that the dialog to merge one lists. */
const MAX_MERGE_TARGETS = 100;

/** The organization's repositories, to set their URLs, to rename and to merge them. */
export default async function Repositories({ params, searchParams }: RepositoriesProps) {
  const { organization, call, can, to } = await organizationPage((await params).organization);
  const search = await searchParams;
  const [query, cursor] = [textParam(search, "query"), textParam(search, "cursor")];
  const [repositories, all, { ticketUrl }] = await Promise.all([
    pageAt(cursor, (at) => call.repositories.browse({ organization, query: query ?? undefined, per_page: 25, ...at })),
    mayEditRepositories(can) ? call.repositories.list({ organization, per_page: MAX_MERGE_TARGETS }) : { items: [] },
    call.repositories.links({ organization }),
  ]);
  const targets = all.items.map(({ id, name }) => ({ id, name }));
  const path = to.settings("repositories");
  return (
    <>
      <RefreshOn kinds="repository commits" />
      <SectionHeader
        title="Repositories"
        facts="Created with the first commits that name them. Commits, pull requests, and files link to the URL of their repository."
        actions={
          <search>
            <form action={path} className="row">
              <TextInput
                name="query"
                type="search"
                size="xs"
                aria-label="Search repositories"
                placeholder="Name"
                defaultValue={query ?? ""}
              />
              <Button type="submit" variant="default">
                Search
              </Button>
            </form>
          </search>
        }
      />
      <DataTable
        caption="Repositories"
        columns={mayEditRepositories(can) ? [...dataColumns(to), actionsColumn({ organization, ticketUrl, targets })] : dataColumns(to)}
        rows={repositories.items}
        keyOf={({ id }) => id}
        empty={
          query === null ? (
            <EmptyState title="No repositories yet">
              <p>Report a release from a git repository. Its URL is stored with the first commits:</p>
              <CommandLine command="landfall ship" />
            </EmptyState>
          ) : (
            <EmptyState title={`No repositories match “${query}”.`}>
              <PageLink href={path}>Show all repositories</PageLink>
            </EmptyState>
          )
        }
      />
      <Pager page={repositories} names={NAMES} hrefOf={(cursor) => path + queryString({ query, cursor })} />
      {can("org:write", "org:admin") && <TicketForm key={ticketUrl} organization={organization} ticketUrl={ticketUrl} />}
    </>
  );
}

const NAMES = { previous: "Previous", next: "Next" };

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

type ActionsProps = {
  readonly organization: string;
  readonly ticketUrl: string | null;
  readonly targets: readonly { readonly id: string; readonly name: string }[];
};

const actionsColumn = ({ organization, ticketUrl, targets }: ActionsProps): Column<ManagedRepositoryView> => ({
  key: "actions",
  head: "Actions",
  hidesHead: true,
  align: "end",
  cell: (repository) => (
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
  ),
});

function Host({ repository: { url, links } }: { readonly repository: ManagedRepositoryView }) {
  const host = links?.host ?? detectHost(url);
  if (links?.templates) return host ? `${LINK_HOST_NAMES[host]}, templates` : "Templates";
  if (host) return LINK_HOST_NAMES[host];
  return <span className="soft">{url === null ? "" : "unknown"}</span>;
}
