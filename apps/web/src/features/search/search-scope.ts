import { formatCount } from "@landfall/domain/format";
import type { FoundChangesView } from "@landfall/schema/releases/search";
import { formatDay } from "#ui/format.ts";

const LABELS: Readonly<Record<FoundChangesView["understood"][number], string>> = {
  version: "a version",
  sha: "a commit hash prefix",
  reference: "a pull request or ticket number",
  text: "text in messages, authors, and paths",
};

/** Describes how a query was interpreted: "Searched as a version, or text in messages, authors, and paths." */
export function describeInterpretation(understood: FoundChangesView["understood"]): string {
  const labels = understood.map((one) => LABELS[one]);
  const last = labels.at(-1);
  if (last === undefined) return "";
  const before = labels.slice(0, -1);
  return `Searched as ${before.length === 0 ? last : `${before.join(", ")}, or ${last}`}.`;
}

/** Describes how far was searched: "Searched 50,000 commits, back to Mar 3, 2026. Older commits were not searched." */
export function describeSearchedCommits({ commits, backTo, isComplete }: FoundChangesView["searched"]): string {
  if (commits === 0 && isComplete) return "No more commits to search.";
  if (commits === 0) return "Messages, authors, and paths were not searched: the page is full.";
  const count = formatCount(commits, "commit");
  const back = backTo === null ? "" : `, back to ${formatDay(backTo)}`;
  return isComplete
    ? `Searched ${count}${back}. There are no older commits.`
    : `Searched ${count}${back}. Older commits were not searched.`;
}
