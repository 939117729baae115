import { codeSpan, markdownText } from "@landfall/domain/release-notes/markdown-text";
import type { CommitBriefView } from "@landfall/schema/brief";
import type { ComparedSideView, ComparisonView } from "@landfall/schema/releases/compare";
import { formatCount } from "#ui/format.ts";

type Counted<T> = { readonly total: number; readonly items: readonly T[] };

/**
 * Returns a comparison as Markdown, for a chat or an issue: a heading, a summary, then what each side has and what both have. Lists are as
 * long as those of the comparison, and say if they are truncated. Empty parts are left out.
 */
export function toMarkdown(comparison: ComparisonView): string {
  const { base, head, between, distance, commits, people, files } = comparison;
  const [left, right] = [codeSpan(base.release.version), codeSpan(head.release.version)];
  const blocks = [
    `## ${nameOf(base)} → ${nameOf(head)}`,
    summaryText(comparison)
      .map((sentence) => markdownText(sentence))
      .join(" "),
    ...(between && distance && distance.releases > 1
      ? [
          list("Releases between", between.releases, ({ version }) => codeSpan(version)),
          list("Commits of these releases", between.commits, commitLine),
        ]
      : []),
    list(`Commits only in ${right}`, commits.onlyHead, commitLine),
    list(`Commits only in ${left}`, commits.onlyBase, commitLine),
    list("Commits in both", commits.both, commitLine),
    list("Contributors", people, ({ person, base: ofBase, head: ofHead }) =>
      markdownText(
        `${person.name ?? person.email}: ${formatCount(ofBase, "commit")} in the first, ${ofHead.toLocaleString("en")} in the second`,
      ),
    ),
    list(`Files only in ${right}`, files.onlyHead, fileLine),
    list(`Files only in ${left}`, files.onlyBase, fileLine),
    list("Files in both", files.both, fileLine),
    list(`Deploys of ${left}`, base.deploys, deployLine),
    list(`Deploys of ${right}`, head.deploys, deployLine),
  ];
  return `${blocks.filter((block) => block !== null).join("\n\n")}\n`;
}

function list<T>(title: string, { total, items }: Counted<T>, lineOf: (item: T) => string): string | null {
  if (total === 0) return null;
  const count =
    items.length < total ? `first ${items.length.toLocaleString("en")} of ${total.toLocaleString("en")}` : total.toLocaleString("en");
  return [`### ${title} (${count})`, "", ...items.map((item) => `- ${lineOf(item)}`)].join("\n");
}

const nameOf = ({ release, place }: ComparedSideView): string =>
  place
    ? `${markdownText(`${place.deploy.environment} of ${place.project.slug}`)} (${codeSpan(release.version)})`
    : codeSpan(release.version);

function commitLine({ sha, subject, author }: CommitBriefView): string {
  const by = author ? ` – ${markdownText(author.name ?? author.email)}` : "";
  return `${codeSpan(sha.slice(0, 10))} ${markdownText(subject || "No message")}${by}`;
}

const fileLine = ({ repository, path }: ComparisonView["files"]["both"]["items"][number]): string =>
  `${codeSpan(path)} in ${markdownText(repository)}`;

function deployLine({ environment, dateFinished, deployer }: ComparedSideView["deploys"]["items"][number]): string {
  const by = deployer ? ` by ${markdownText(deployer.name ?? deployer.email)}` : "";
  return `${markdownText(environment)}, ${dateFinished.slice(0, 16).replace("T", " ")} UTC${by}`;
}

/** Returns sentences on which side is newer and by how much, and on their commits. */
export function summaryText({ base, head, sameCommits, distance, between, commits }: ComparisonView): string[] {
  if (base.release.version === head.release.version) return ["Both are the same release."];
  const sentences: string[] = [];
  if (distance) {
    const [newer, older] = distance.newer === "head" ? [head, base] : [base, head];
    const prefix = distance.isCapped ? "more than " : "";
    const commitCount = between && !distance.isCapped ? between.commits.total : distance.commits;
    sentences.push(
      `${newer.release.version} is newer: ${prefix}${formatCount(distance.releases, "release")} and ${prefix}${formatCount(commitCount, "commit")} after ` +
        `${older.release.version} in ${distance.project.slug}.`,
    );
  } else {
    sentences.push("They have no visible project in common, so neither is newer.");
  }
  if (sameCommits) sentences.push(`Both have the same ${formatCount(commits.both.total, "commit")}.`);
  else sentences.push(...missingCommitsText({ base, head, commits }));
  return sentences;
}

function missingCommitsText({
  base,
  head,
  commits: { onlyBase, onlyHead, both },
}: Pick<ComparisonView, "base" | "head" | "commits">): string[] {
  const [ofBase, ofHead] = [onlyBase.total + both.total, onlyHead.total + both.total];
  if (ofBase + ofHead === 0) return ["Neither has commits."];
  if (ofBase === 0) return [`${base.release.version} has no commits.`];
  return ofHead === 0 ? [`${head.release.version} has no commits.`] : [];
}
