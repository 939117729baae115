import { isLandfallError } from "@landfall/client/landfall-error";
import { describeSearchedCommits, describeInterpretation } from "../find/search-in-words.ts";
import type { SearchOutcome } from "./latest-answer.ts";
import type { SearchResults } from "./palette-groups.ts";

/** What is said below the list: how the text was understood and how far was searched, or why it was not. */
export function searchStatus(asked: SearchOutcome<SearchResults> | null): string {
  if (asked === null) return "";
  if (asked.state === "failed") return searchFailure(asked.error);
  const { understood, searched, commits } = asked.value.changes;
  return `${commits.length === 0 ? "No commit found. " : ""}${describeInterpretation(understood)} ${describeSearchedCommits(searched)}`;
}

function searchFailure(error: unknown): string {
  if (isLandfallError(error) && error.code === "unauthenticated") return "You are not signed in any more. Reload the page to sign in.";
  return `The search failed: ${error instanceof Error ? error.message : String(error)}`;
}
