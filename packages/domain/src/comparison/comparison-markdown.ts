import type { CommitBriefView, ReleaseBriefView } from "@landfall/schema/brief";
import type { ComparedSideView, ComparisonView, ContentDifferenceView, ReportedView } from "@landfall/schema/releases/compare";
import { formatCount, formatInstant } from "../format.ts";
import { codeSpan, markdownText } from "../release-notes/markdown-text.ts";
import { formatRelease } from "../versions/release-name.ts";
import { comparisonSummary, hasContent, type NameFormat, nameSides } from "./comparison-summary.ts";

/** The name of a release as code. */
const releaseSpan = (version: string): string => codeSpan(formatRelease(version));

const MARKDOWN: NameFormat = { version: releaseSpan, environment: markdownText };

type Counted<T> = { readonly total: number; readonly items: readonly T[] };

/**
 * Returns a comparison as Markdown, for a chat or an issue: a heading, the summary, then what is new, what is missing, and the deploys; the
 * reported lists only if the sides are unrelated or the same release. Lists are as long as those of the comparison, and say if they are
 * truncated. Empty lists are left out.
 */
export function comparisonMarkdown(comparison: ComparisonView): string {
  const { base, head, added, missing, reported, relation } = comparison;
  const names = nameSides(comparison, MARKDOWN);
  const isOne = base.release.version === head.release.version;
  const blocks = [
    `## ${headingOf(base)} → ${headingOf(head)}`,
    comparisonSummary(comparison, MARKDOWN).join(" "),
    ...(added ? contentLists(`New in ${names.head}`, added) : []),
    ...(missing ? contentLists(`Missing from ${names.head}`, missing) : []),
    ...(relation === "unrelated" || isOne ? reportedLists(comparison, reported) : []),
    list(`Deploys of ${releaseSpan(base.release.version)}`, base.deploys, deployLine),
    isOne ? null : list(`Deploys of ${releaseSpan(head.release.version)}`, head.deploys, deployLine),
  ];
  return `${blocks.filter((block) => block !== null).join("\n\n")}\n`;
}

function contentLists(title: string, difference: ContentDifferenceView): (string | null)[] {
  if (!hasContent(difference)) return [];
  const { releases, commits, people, files } = difference;
  return [
    list(`${title}: commits`, commits, commitLine),
    list(`${title}: people`, people, ({ person, commits: count }) =>
      markdownText(`${person.name ?? person.email}: ${formatCount(count, "commit")}`),
    ),
    list(`${title}: files`, files, fileLine),
    list(`${title}: releases`, releases, releaseLine),
  ];
}

function reportedLists({ base, head }: ComparisonView, { commits, people, files }: ReportedView): (string | null)[] {
  const [left, right] = [releaseSpan(base.release.version), releaseSpan(head.release.version)];
  return [
    list(`Commits only in ${right}`, commits.onlyHead, commitLine),
    list(`Commits only in ${left}`, commits.onlyBase, commitLine),
    list("Commits in both", commits.both, commitLine),
    list("People", people, ({ person, base: ofBase, head: ofHead }) =>
      markdownText(
        `${person.name ?? person.email}: ${formatCount(ofBase, "commit")} in the first, ${ofHead.toLocaleString("en")} in the second`,
      ),
    ),
    list(`Files only in ${right}`, files.onlyHead, fileLine),
    list(`Files only in ${left}`, files.onlyBase, fileLine),
    list("Files in both", files.both, fileLine),
  ];
}

function list<T>(title: string, { total, items }: Counted<T>, lineOf: (item: T) => string): string | null {
  if (total === 0) return null;
  const count =
    items.length < total ? `first ${items.length.toLocaleString("en")} of ${total.toLocaleString("en")}` : total.toLocaleString("en");
  return [`### ${title} (${count})`, "", ...items.map((item) => `- ${lineOf(item)}`)].join("\n");
}

const headingOf = ({ release, place }: ComparedSideView): string =>
  place
    ? `${markdownText(`${place.deploy.environment} of ${place.project.slug}`)} (${releaseSpan(release.version)})`
    : releaseSpan(release.version);

function commitLine({ sha, subject, author }: CommitBriefView): string {
  const by = author ? ` – ${markdownText(author.name ?? author.email)}` : "";
  return `${codeSpan(sha.slice(0, 10))} ${markdownText(subject || "No message")}${by}`;
}

const releaseLine = ({ version, commitCount: count }: ReleaseBriefView): string =>
  `${releaseSpan(version)}: ${count === 0 ? "no commits" : formatCount(count, "commit")}`;

const fileLine = ({ repository, path }: ReportedView["files"]["both"]["items"][number]): string =>
  `${codeSpan(path)} in ${markdownText(repository)}`;

function deployLine({ environment, dateFinished, deployer }: ComparedSideView["deploys"]["items"][number]): string {
  const by = deployer ? ` by ${markdownText(deployer.name ?? deployer.email)}` : "";
  return `${markdownText(environment)}, ${formatInstant(dateFinished)}${by}`;
}
