import { formatCount } from "../format.ts";
import { formatRelease } from "../versions/release-name.ts";
import type { ComparedSideView, ComparisonView, ContentDifferenceView } from "@landfall/schema/releases/compare";

type Compared = Pick<ComparisonView, "base" | "head" | "relation" | "line" | "added" | "missing">;

/**
 * Whether one side contains something that the other does not. A release without commits counts too, because what it contains is unknown; a
 * release whose commits the other side has does not.
 */
export const hasContent = ({ commits, releasesWithoutCommits }: ContentDifferenceView): boolean =>
  commits.total > 0 || releasesWithoutCommits > 0;

/** The names of the two sides in a sentence. */
export type SideNames = { readonly base: string; readonly head: string };

/** Formats the names in a sentence; by default they are plain text. */
export type NameFormat = { readonly version: (version: string) => string; readonly environment: (name: string) => string };

const PLAIN: NameFormat = { version: formatRelease, environment: (name) => name };

/**
 * Names each side: the environment that it was given by, else its version. Environments of the same name or of two projects are named with
 * their project: "production of web".
 */
export function nameSides({ base, head }: Pick<ComparisonView, "base" | "head">, format: NameFormat = PLAIN): SideNames {
  const [first, second] = [base.place, head.place];
  const isWithProject =
    first && second && (first.project.id !== second.project.id || first.deploy.environment === second.deploy.environment);
  const nameOf = ({ place, release }: ComparedSideView): string => {
    if (place === null) return format.version(release.version);
    return format.environment(isWithProject ? `${place.deploy.environment} of ${place.project.slug}` : place.deploy.environment);
  };
  return { base: nameOf(base), head: nameOf(head) };
}

/**
 * Returns a comparison in sentences: what is new in the head, what it lacks, where the histories part, and what is not known.
 *
 * @example ["New in staging: 10 commits, 3 people, 6 files in 7 releases.", "Nothing in production is missing from staging."]
 */
export function comparisonSummary(comparison: Compared, format: NameFormat = PLAIN): string[] {
  const { relation, line, added, missing } = comparison;
  const names = nameSides(comparison, format);
  if (line === null || added === null || missing === null) return unrelatedText(comparison, names);
  if (comparison.base.release.version === comparison.head.release.version) return ["Both are the same release."];
  const isCapped = added.isCapped || missing.isCapped;
  const capped = isCapped ? ["There are too many releases, commits, or files to count all of them."] : [];
  const nothing = (lacking: string, other: string) =>
    isCapped ? `Nothing was found in ${other} that is missing from ${lacking}.` : `Nothing in ${other} is missing from ${lacking}.`;
  switch (relation) {
    case "ahead":
      return [`New in ${names.head}: ${contentText(added)}.`, ...unknownText(added), ...capped, nothing(names.head, names.base)];
    case "behind":
      return [
        `${names.head} is behind ${names.base}: ${contentText(missing)}.`,
        ...unknownText(missing),
        ...capped,
        nothing(names.base, names.head),
      ];
    case "parted":
      return [
        line.lastCommon === null
          ? "They have no earlier release in common."
          : `Their histories part after ${format.version(line.lastCommon.version)}.`,
        `New in ${names.head}: ${contentText(added)}.`,
        ...unknownText(added),
        `Missing from ${names.head}, but in ${names.base}: ${contentText(missing)}.`,
        ...unknownText(missing),
        ...capped,
      ];
    default:
      return [`${names.base} and ${names.head} contain the same commits.`, ...capped];
  }
}

function unrelatedText({ base, head }: Compared, names: SideNames): string[] {
  const haveCommonProject = base.projects.some(({ id }) => head.projects.some((other) => other.id === id));
  return [
    haveCommonProject
      ? `${names.base} and ${names.head} are releases of different packages, so their contents cannot be compared.`
      : `${names.base} and ${names.head} have no project in common that you can access, so their contents cannot be compared.`,
    "Only the lists that were reported with each of them are shown.",
  ];
}

/** Formats what one side contains: "10 commits, 3 people, 6 files in 7 releases", "2 releases without commits". */
function contentText({ commits, people, files, releases, releasesWithoutCommits: unknown, isCapped }: ContentDifferenceView): string {
  const prefix = isCapped ? "at least " : "";
  if (unknown === releases.total) return `${prefix}${formatCount(unknown, "release")} without commits`;
  const counts = [formatCount(commits.total, "commit"), formatCount(people.total, "person", "people"), formatCount(files.total, "file")];
  return `${prefix}${counts.join(", ")} in ${formatCount(releases.total, "release")}`;
}

/** Returns a sentence on how many releases have no commits, if it is not all of them. */
function unknownText({ releases: { total }, releasesWithoutCommits: unknown }: ContentDifferenceView): string[] {
  if (unknown === 0 || unknown === total) return [];
  return [`${unknown.toLocaleString("en")} of ${formatCount(total, "release")} ${unknown === 1 ? "has" : "have"} no commits.`];
}
