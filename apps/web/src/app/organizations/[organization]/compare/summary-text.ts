import type { ComparisonView } from "@landfall/schema/views/compare";
import { formatCount } from "../../../../ui/counted.ts";

/** How two sides stand to each other, in sentences: the shortest answer to what was asked. */
export function summaryText({ base, head, sameCommits, distance, between, commits }: ComparisonView): string[] {
  if (base.release.version === head.release.version) return ["Both are the same release."];
  const said: string[] = [];
  if (distance) {
    const [newer, older] = distance.newer === "head" ? [head, base] : [base, head];
    const more = distance.isCapped ? "more than " : "";
    const came = between && !distance.isCapped ? between.commits.total : distance.commits;
    said.push(
      `${newer.release.version} is the newer one: ${more}${formatCount(distance.releases, "release")} and ${more}${formatCount(came, "commit")} after ` +
        `${older.release.version} in ${distance.project.slug}.`,
    );
  } else {
    said.push("They share no project that you may see, so that neither is before the other.");
  }
  if (sameCommits) said.push(`Both were reported with the same ${formatCount(commits.both.total, "commit")}.`);
  else said.push(...missingCommitsText({ base, head, commits }));
  return said;
}

function missingCommitsText({
  base,
  head,
  commits: { onlyBase, onlyHead, both },
}: Pick<ComparisonView, "base" | "head" | "commits">): string[] {
  const [ofBase, ofHead] = [onlyBase.total + both.total, onlyHead.total + both.total];
  if (ofBase + ofHead === 0) return ["Neither was reported with commits."];
  if (ofBase === 0) return [`${base.release.version} was reported without commits.`];
  return ofHead === 0 ? [`${head.release.version} was reported without commits.`] : [];
}
