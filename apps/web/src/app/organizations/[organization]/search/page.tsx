import type { Metadata } from "next";
import { SearchExamples } from "#features/search/search-examples.tsx";
import { SearchResults } from "#features/search/search-results.tsx";
import { failureOf } from "#server/pages/failure.ts";
import { pageAt } from "#server/pages/page-at-cursor.ts";
import { organizationPage } from "#server/pages/page-context.ts";
import { type SearchParams, textParam } from "#server/pages/search-params.ts";
import { FormError } from "#ui/forms/form-error.tsx";
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

/** "Is my change live?": what a version, a hash, a number, a name, a path or words lead to, and where it is. */
export default async function Search({ params, searchParams }: SearchProps) {
  const { call, organization, to } = await organizationPage((await params).organization);
  const asked = await searchParams;
  const text = textParam(asked, "q")?.trim() ?? "";
  const cursor = textParam(asked, "cursor");
  const answer = text === "" ? null : await searchResult(pageAt(cursor, (at) => call.find.changes({ organization, query: text, ...at })));
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <PageHeader title="Search" />
      <SearchForm
        action={to.search()}
        text={text}
        label="Search for a change"
        placeholder="#4812, a version, a hash, an author, a path, or words"
      />
      {answer === null && <SearchExamples call={call} organization={organization} to={to} />}
      {answer?.refusal !== undefined && <FormError message={answer.refusal} />}
      {answer?.found && <SearchResults to={to} text={text} found={answer.found} isFirst={cursor === null} />}
    </>
  );
}

type SearchResult<T> = { readonly found?: T; readonly refusal?: string };

/** What was found, or why it could not be searched for. */
async function searchResult<T>(answer: Promise<T>): Promise<SearchResult<T>> {
  try {
    return { found: await answer };
  } catch (error) {
    const { code, message, fields } = failureOf(error);
    if (code !== "invalid") throw error;
    return { refusal: message ?? Object.values(fields).join(" ") };
  }
}
