import type { CadenceView } from "@landfall/schema/views/cadence";

type Weeks = CadenceView["weeks"];

/** How often a project ships, in a sentence. Weeks before its first release or deploy do not count, and the last one is not over yet. */
export function describeCadence(weeks: Weeks): string {
  const first = weeks.findIndex(({ releases, deploys }) => releases !== 0 || deploys !== 0);
  const over = first < 0 ? [] : weeks.slice(first, -1);
  const told = [
    meanLabel(meanOf(over.map((week) => week.releases)), "releases"),
    meanLabel(meanOf(over.map((week) => week.deploys)), "deploys"),
  ].filter((text) => text !== null);
  if (told.length === 0) return first < 0 ? "Nothing was released or deployed in these weeks." : "The first week is not over yet.";
  return `On average ${told.join(" and ")} a week, in the ${over.length === 1 ? "week" : `${over.length} weeks`} before this one.`;
}

const meanLabel = (mean: string | null, what: string): string | null => (mean === null ? null : `${mean} ${what}`);

/** To one decimal; null where nothing is known. */
function meanOf(counts: readonly (number | null)[]): string | null {
  const known = counts.filter((count) => count !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, count) => sum + count, 0) / known.length;
  return mean.toLocaleString("en", { maximumFractionDigits: 1 });
}
