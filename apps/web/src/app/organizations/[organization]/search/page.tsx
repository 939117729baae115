import type { Metadata } from "next";
import { SearchExamples } from "#features/search/search-examples.tsx";
import { SearchResults } from "#features/search/search-results.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { FormError } from "#ui/forms/form-error.tsx";
import { failureText } from "#ui/forms/outcome.ts";
import { SearchForm } from "#ui/forms/search-form.tsx";
import { PageHeader } from "#ui/headings.tsx";
import { RefreshOn } from "#ui/live/events-stream.tsx";

type SearchProps = {
  readonly params: Promise<{ readonly organization: string }>;
  readonly searchParams: Promise<SearchParams>;
};

export async function generateMetadata({ searchParams }: SearchProps): Promise<Metadata> {
  const text = textParam(await searchParams, "q");
  return { title: text === null ? "Search" : `${text} · Search` };
}

/** Finds changes by version, hash, number, author, path, or text, and shows where they are deployed. */
export default async function Search({ params, searchParams }: SearchProps) {
  const { call, organization, to } = await organizationPage((await params).organization);
  const urlParams = await searchParams;
  const text = textParam(urlParams, "q")?.trim() ?? "";
  const cursor = textParam(urlParams, "cursor");
  const result = text === "" ? null : await searchResult(pageAt(cursor, (at) => call.find.changes({ organization, query: text, ...at })));
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <PageHeader title="Search" />
      <SearchForm action={to.search()} text={text} label="Search for a change" placeholder="#4812, version, hash, author, path, or text" />
      {result === null && <SearchExamples call={call} organization={organization} to={to} />}
      {result?.error !== undefined && <FormError message={result.error} />}
      {result?.found && <SearchResults to={to} text={text} found={result.found} isFirst={cursor === null} />}
    </>
  );
}

type SearchResult<T> = { readonly found?: T; readonly error?: string };

/** Returns what was found, or why the query is invalid. */
async function searchResult<T>(search: Promise<T>): Promise<SearchResult<T>> {
  try {
    return { found: await search };
  } catch (error) {
    const failure = failureOf(error);
    if (failure.code !== "invalid") throw error;
    return { error: failureText(failure) };
  }
}
