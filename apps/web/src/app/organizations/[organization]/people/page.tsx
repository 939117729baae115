import { CONTRIBUTORS_WRITE } from "@landfall/core/access/scopes";
import type { ListedContributorView } from "@landfall/schema/organizations/contributors";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { contributorColumns, NoContributors } from "#features/contributors/contributor-list.tsx";
import { CONTRIBUTOR_FIELD } from "#features/contributors/merge-contributors.ts";
import { MergeForm } from "#features/contributors/merge-form.tsx";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { enumParam, type SearchParams, textParam } from "#server/pages/search-params.ts";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { PageLink } from "#ui/links.tsx";
import { DataTable } from "#ui/table/data-table.tsx";
import { PAGE_NAMES, Pager } from "#ui/table/pager.tsx";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "Contributors" };

type PeopleProps = {
  readonly params: Promise<{ readonly organization: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** The contributors of an organization, each with their email addresses; bots are listed separately. */
export default async function Contributors({ params, searchParams }: PeopleProps) {
  const { call, organization, can, to } = await organizationPage((await params).organization);
  const urlParams = await searchParams;
  const kind = enumParam(urlParams, "kind", ["people", "bots"]);
  const text = textParam(urlParams, "q") ?? "";
  const mayMerge = can(...CONTRIBUTORS_WRITE);
  const bots = kind === "bots" ? "only" : "without";
  const page = await pageAt(textParam(urlParams, "cursor"), (at) => call.people.list({ organization, query: text, bots, ...at }));
  const table = (
    <DataTable<ListedContributorView>
      caption={kind === "bots" ? "Bots" : "People"}
      columns={contributorColumns(to)}
      rows={page.items}
      keyOf={({ email }) => email}
      select={
        mayMerge
          ? {
              name: CONTRIBUTOR_FIELD,
              valueOf: ({ email }) => email,
              labelOf: ({ name, email }) => (name ? `${name}, ${email}` : email),
            }
          : undefined
      }
      empty={<NoContributors to={to} text={text} kind={kind} />}
    />
  );
  return (
    <>
      <PageHeader
        title="Contributors"
        facts="The authors of commits in releases. You can merge several addresses of one person."
        actions={
          mayMerge && (
            <Button component="a" href={to.importMailmap} variant="default">
              Import .mailmap
            </Button>
          )
        }
      />
      <SearchForm action={to.people()} text={text} label="Search contributors" placeholder="Name or email address">
        {kind === "bots" && <input type="hidden" name="kind" value="bots" />}
      </SearchForm>
      <nav aria-label="Kind" className={classes["kinds"]}>
        <PageLink href={to.people({ q: text })} aria-current={kind === "people" ? "page" : undefined}>
          People
        </PageLink>
        <PageLink href={to.people({ q: text, kind: "bots" })} aria-current={kind === "bots" ? "page" : undefined}>
          Bots
        </PageLink>
      </nav>
      {mayMerge ? (
        <MergeForm organization={organization} people={page.items.map(({ name, email, emails }) => ({ name, email, emails }))}>
          {table}
        </MergeForm>
      ) : (
        table
      )}
      <Pager page={page} hrefOf={(cursor) => to.people({ q: text, kind: kind === "bots" ? kind : null, cursor })} names={PAGE_NAMES} />
    </>
  );
}
