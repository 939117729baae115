import type { Metadata } from "next";
import { failureOf } from "../../../../page-data/failure.ts";
import { organizationPage } from "../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../page-data/page-at.ts";
import { type SearchParams, textParam } from "../../../../page-data/params.ts";
import { RefreshOn } from "../../../../ui/live/refresh-on.tsx";
import { PageHeader } from "../../../../ui/page-head.tsx";
import { FormError } from "../../../../ui/refusal.tsx";
import { SearchForm } from "../../../../ui/search-form.tsx";
import { SearchExamples } from "./examples.tsx";
import { SearchResults } from "./found.tsx";

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
