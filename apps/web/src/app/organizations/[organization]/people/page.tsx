import { CONTRIBUTORS_WRITE } from "@landfall/core/authors/people-scopes";
import type { ListedContributorView } from "@landfall/schema/views/people";
import { Button } from "@mantine/core";
import type { Metadata } from "next";
import { organizationPage } from "../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../page-data/page-at.ts";
import { enumParam, type SearchParams, textParam } from "../../../../page-data/params.ts";
import { PageHeader } from "../../../../ui/page-head.tsx";
import { PageLink } from "../../../../ui/page-link.tsx";
import { SearchForm } from "../../../../ui/search-form.tsx";
import { DataTable } from "../../../../ui/table/data-table.tsx";
import { Pager } from "../../../../ui/table/pager.tsx";
import { MergeForm } from "./merge-form.tsx";
import { NoContributors } from "./no-people.tsx";
import { contributorColumns } from "./people-columns.tsx";
import { CONTRIBUTOR_FIELD } from "./person-box.ts";
import classes from "./page.module.css";

export const metadata: Metadata = { title: "People" };

type PeopleProps = {
  readonly params: Promise<{ readonly organization: string }>;
  readonly searchParams: Promise<SearchParams>;
};

/** Who wrote commits: each person once, with all their addresses; programs apart. */
export default async function People({ params, searchParams }: PeopleProps) {
  const { call, organization, can, to } = await organizationPage((await params).organization);
  const asked = await searchParams;
  const kind = enumParam(asked, "kind", ["people", "bots"]);
  const text = textParam(asked, "q") ?? "";
  const mayMerge = can(...CONTRIBUTORS_WRITE);
  const bots = kind === "bots" ? "only" : "without";
  const page = await pageAt(textParam(asked, "cursor"), (at) => call.people.list({ organization, query: text, bots, ...at }));
  const table = (
    <DataTable<ListedContributorView>
      caption={kind === "bots" ? "Programs that wrote commits" : "People who wrote commits"}
      columns={contributorColumns(to)}
      rows={page.items}
      keyOf={({ email }) => email}
      {...(mayMerge
        ? { select: { name: CONTRIBUTOR_FIELD, valueOf: ({ email }) => email, labelOf: ({ name, email }) => (name ? `${name}, ${email}` : email) } }
        : {})}
      empty={<NoContributors to={to} text={text} kind={kind} />}
    />
  );
  return (
    <>
      <PageHeader
        title="People"
        facts="Who wrote the commits of releases. Several addresses of one person can be merged."
        actions={
          mayMerge && (
            <Button component="a" href={to.importMailmap} variant="default">
              Import .mailmap
            </Button>
          )
        }
      />
      <SearchForm action={to.people()} text={text} label="Search people" placeholder="Part of a name or an address">
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
      <Pager
        page={page}
        hrefOf={(cursor) => to.people({ q: text, kind: kind === "bots" ? kind : null, cursor })}
        names={{ previous: "Before", next: "After" }}
      />
    </>
  );
}
