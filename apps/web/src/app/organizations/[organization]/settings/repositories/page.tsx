import type { Metadata } from "next";
import { RepositoryTable } from "#features/repositories/repository-table.tsx";
import { TicketForm } from "#features/repositories/ticket-form.tsx";
import { mayEditRepositories } from "#features/settings/settings-access.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { CommandLine } from "#ui/command-line.tsx";
import { EmptyState, NoMatches } from "#ui/empty-state.tsx";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { SectionHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";
import { queryString } from "#ui/organization-urls.ts";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";

export const metadata: Metadata = { title: "Repositories" };

type RepositoriesProps = { readonly params: Promise<{ readonly organization: string }>; readonly searchParams: Promise<SearchParams> };

/** The most repositories that the dialog to merge one lists. */
const MAX_MERGE_TARGETS = 100;

/** The organization's repositories, to set their URLs, to rename and to merge them. */
export default async function Repositories({ params, searchParams }: RepositoriesProps) {
  const { organization, call, can, to } = await organizationPage((await params).organization);
  const search = await searchParams;
  const query = textParam(search, "q") ?? "";
  const [repositories, all, { ticketUrl }] = await Promise.all([
    pageAt(textParam(search, "cursor"), (at) => call.repositories.browse({ organization, query, per_page: 25, ...at })),
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
      />
      <SearchForm action={path} text={query} label="Search repositories" placeholder="Name" />
      <RepositoryTable
        repositories={repositories.items}
        editing={mayEditRepositories(can) ? { organization, ticketUrl, targets } : null}
        to={to}
        empty={
          query === "" ? (
            <EmptyState title="No repositories yet">
              <p>Report a release from a git repository. Its URL is stored with the first commits:</p>
              <CommandLine command="landfall ship" />
            </EmptyState>
          ) : (
            <NoMatches kind="repositories" text={query} href={path} />
          )
        }
      />
      <Pager page={repositories} names={PAGE_NAMES} hrefOf={(cursor) => path + queryString({ q: query, cursor })} />
      {can("org:write", "org:admin") && <TicketForm key={ticketUrl} organization={organization} ticketUrl={ticketUrl} />}
    </>
  );
}
