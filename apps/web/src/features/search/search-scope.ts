import type { FoundChangesView } from "@landfall/schema/releases/search";

const WORDS: Readonly<Record<FoundChangesView["understood"][number], string>> = {
  version: "a version",
  sha: "the beginning of a commit's hash",
  reference: "the number of a request or ticket",
  text: "words of messages, authors and paths",
};

/** How a question was understood: "Understood as a version, or words of messages, authors and paths." */
export function describeInterpretation(understood: FoundChangesView["understood"]): string {
  const words = understood.map((one) => WORDS[one]);
  const last = words.at(-1);
  if (last === undefined) return "";
  const before = words.slice(0, -1);
  return `Understood as ${before.length === 0 ? last : `${before.join(", ")}, or ${last}`}.`;
}

/** How far was searched: "Searched 50,000 commits, back to 3 Mar 2026; older ones were not." */
export function describeSearchedCommits({ commits, backTo, isComplete }: FoundChangesView["searched"]): string {
  if (commits === 0 && isComplete) return "There are no more commits to search.";
  if (commits === 0) return "The page is full without a search of messages, authors and paths.";
  const many = commits === 1 ? "one commit" : `up to ${commits.toLocaleString("en")} commits`;
  const back = backTo === null ? "" : `, back to ${DAY.format(new Date(backTo))}`;
  return isComplete ? `Searched ${many}${back}: all there are.` : `Searched ${many}${back}; older ones not yet.`;
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
