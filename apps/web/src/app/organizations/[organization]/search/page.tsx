import type { Metadata } from "next";
import { failureOf } from "../../../../page-data/failure.ts";
import { organizationPage } from "../../../../page-data/organization-page.ts";
import { pageAt } from "../../../../page-data/page-at.ts";
import { type SearchParams, textParam } from "../../../../page-data/params.ts";
import { RefreshOn } from "../../../../ui/live/refresh-on.tsx";
import { PageHead } from "../../../../ui/page-head.tsx";
import { Refusal } from "../../../../ui/refusal.tsx";
import { SearchForm } from "../../../../ui/search-form.tsx";
import { Examples } from "./examples.tsx";
import { Found } from "./found.tsx";

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
  const answer = text === "" ? null : await settled(pageAt(cursor, (at) => call.find.changes({ organization, query: text, ...at })));
  return (
    <>
      <RefreshOn kinds="release deploy commits" />
      <PageHead title="Search" />
      <SearchForm
        action={to.search()}
        text={text}
        label="Search for a change"
        placeholder="#4812, a version, a hash, an author, a path, or words"
      />
      {answer === null && <Examples call={call} organization={organization} to={to} />}
      {answer?.refusal !== undefined && <Refusal message={answer.refusal} />}
      {answer?.found && <Found to={to} text={text} found={answer.found} isFirst={cursor === null} />}
    </>
  );
}

type Settled<T> = { readonly found?: T; readonly refusal?: string };

/** What was found, or why it could not be searched for. */
async function settled<T>(answer: Promise<T>): Promise<Settled<T>> {
  try {
    return { found: await answer };
  } catch (error) {
    const { code, message, fields } = failureOf(error);
    if (code !== "invalid") throw error;
    return { refusal: message ?? Object.values(fields).join(" ") };
  }
}
