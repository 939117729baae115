"use client";

import { isLandfallError } from "@landfall/client/landfall-error";
import { describeInterpretation, describeSearchedCommits } from "#features/search/search-scope.ts";
import { browserClient } from "#ui/browser-client.ts";
import { type RequestOutcome, useDebouncedRequest } from "#ui/forms/use-debounced-request.ts";
import type { SearchResults } from "./palette-groups.ts";

/** Milliseconds without typing before a search is sent. */
const DEBOUNCE = 160;

/** Shorter texts are not searched for: a single letter is in everything. */
const MIN_LENGTH = 2;

type SearchState = {
  /** The outcome for the text, or for an earlier one while loading; null if the text is too short. */
  readonly outcome: RequestOutcome<SearchResults> | null;
  readonly isLoading: boolean;
};

/** Searches the organization for a text. */
export function useSearch(organization: string, text: string): SearchState {
  const isSearched = text.length >= MIN_LENGTH;
  const outcome = useDebouncedRequest(isSearched ? text : null, DEBOUNCE, (key, signal) => searchServer(organization, key, signal));
  return { outcome: isSearched ? outcome : null, isLoading: isSearched && outcome?.key !== text };
}

/** How many commits, and how many of everything else, are shown. */
const COMMITS = 6;
const OTHERS = 4;

/** The longest query that the server accepts. */
const MAX_LENGTH = 200;

/**
 * Searches for a text in one HTTP request. If only the search for commits succeeds, the other results are empty. @throws a
 * `LandfallError` if it does not.
 */
async function searchServer(organization: string, text: string, signal: AbortSignal): Promise<SearchResults> {
  const client = await browserClient();
  const query = text.trim().slice(0, MAX_LENGTH);
  const page = { organization, query, per_page: OTHERS };
  const [changes, releases, people, projects] = await Promise.allSettled([
    client.find.changes.query({ organization, query, limit: COMMITS }, { signal }),
    client.releases.browse.query({ ...page, project: "-1" }, { signal }),
    client.people.list.query(page, { signal }),
    client.projects.list.query(page, { signal }),
  ]);
  if (changes.status === "rejected") throw changes.reason;
  return { at: new Date(), changes: changes.value, releases: itemsOf(releases), people: itemsOf(people), projects: itemsOf(projects) };
}

const itemsOf = <T>(settled: PromiseSettledResult<{ readonly items: readonly T[] }>): readonly T[] =>
  settled.status === "fulfilled" ? settled.value.items : [];

/** Returns the status line below the results: how the text was understood and how far was searched, or why the search failed. */
export function searchStatus(outcome: RequestOutcome<SearchResults> | null): string {
  if (outcome === null) return "";
  if (outcome.state === "failed") return searchFailure(outcome.error);
  const { understood, searched, commits } = outcome.value.changes;
  return `${commits.length === 0 ? "No commits found. " : ""}${describeInterpretation(understood)} ${describeSearchedCommits(searched)}`;
}

function searchFailure(error: unknown): string {
  if (isLandfallError(error) && error.code === "unauthenticated") return "You are signed out. Reload the page to sign in.";
  return `The search failed: ${error instanceof Error ? error.message : String(error)}`;
}
