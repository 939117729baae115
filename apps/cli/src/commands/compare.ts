import { formatRelease } from "@landfall/domain/versions/release-name";
import { type Outputs, walkPages } from "@landfall/client/create-client";
import { type CompareSide, parseSide } from "@landfall/domain/comparison/compare-side";
import { comparisonMarkdown } from "@landfall/domain/comparison/comparison-markdown";
import { comparisonSummary, hasContent, nameSides } from "@landfall/domain/comparison/comparison-summary";
import { collect, optionalProjects, requireOrganization } from "../command/arguments.ts";
import { command, count, flag, required, text } from "../command/command.ts";
import type { Context } from "../command/context.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";
import type { Paint } from "../terminal/output.ts";

type Comparison = Outputs["releases"]["compare"];
type Difference = NonNullable<Comparison["added"]>;

/** Compares what two releases or environments contain. */
export const compareReleases = command({
  describe: "show what is new in a release or environment, and what is missing from it",
  details: `A release contains the commits of all releases of its package before it, up to where the versions part: 2.1.0 does not contain
a hotfix 1.0.1 that was released after 2.0.0. Give two versions, or, with one project, names of its environments, which mean the
release that runs there. env:NAME@PROJECT is an environment of any project; version:NAME is a version that is named like an
environment.`,
  arguments: {
    base: required("<base>", "a version or environment to compare with, or <base>..<head>"),
    head: text("[head]", "the version or environment to compare"),
  },
  options: {
    limit: count("--limit <number>", "the most commits, people, files, and releases to list (at most 1000)", 100, 1),
    markdown: flag("--markdown", "print Markdown, for a chat or an issue"),
  },
  examples: [
    "compare web@1.3.0 web@1.4.0",
    "compare --project web production..staging",
    "compare -p web production staging --markdown",
    "compare env:production@web env:production@shop --json",
  ],
  async run(context, { limit, markdown, ...args }): Promise<Comparison | { readonly markdown: string }> {
    if (limit > 1000) throw new CliError("usage", "--limit can be at most 1000.");
    const [base, head] = splitRange(args.base, args.head);
    const organization = requireOrganization(context);
    const environments = await findEnvironments(context, organization, [base, head]);
    const comparison = await context.client.releases.compare.query({
      organization,
      base: readSide(base, environments),
      head: readSide(head, environments),
      limit,
    });
    return markdown ? { markdown: comparisonMarkdown(comparison) } : comparison;
  },
  print: (result, paint) => ("markdown" in result ? result.markdown.trimEnd() : describeComparison(result, paint)),
});

/** Returns the two sides, from two arguments or `<base>..<head>`. */
function splitRange(base: string, head: string | undefined): readonly [string, string] {
  if (head !== undefined) return [base, head];
  const parts = base.split("..");
  const [first = "", second = ""] = parts;
  if (parts.length === 2 && first !== "" && second !== "") return [first, second];
  throw new CliError("usage", `Expected two versions or environments, but got only ${base}.`, "Pass both, or <base>..<head>.");
}

/** The environments of the one configured project; null if they are not needed. */
type ProjectEnvironments = { readonly project: string; readonly names: ReadonlySet<string> } | null;

async function findEnvironments(context: Context, organization: string, sides: readonly string[]): Promise<ProjectEnvironments> {
  const [project, ...others] = optionalProjects(context);
  const isNeeded = sides.some((side) => typeof parseSide(side) === "string" && !side.startsWith("version:"));
  if (project === undefined || others.length > 0 || !isNeeded) return null;
  const { listInProject } = context.client.environments;
  const found = await collect(walkPages((cursor) => listInProject.query({ organization, project, visibility: "all", cursor })));
  return { project, names: new Set(found.map(({ name }) => name)) };
}

function readSide(side: string, environments: ProjectEnvironments): CompareSide {
  if (environments?.names.has(side)) return { environment: side, project: environments.project };
  return parseSide(side) ?? side;
}

function describeComparison(comparison: Comparison, paint: Paint): string {
  const { added, missing, relation, reported } = comparison;
  const names = nameSides(comparison);
  const parts = [comparisonSummary(comparison).join("\n")];
  if (added) parts.push(...describeDifference(`New in ${names.head}`, added, paint));
  if (missing) parts.push(...describeDifference(`Missing from ${names.head}`, missing, paint));
  if (relation === "unrelated") {
    const { onlyHead, onlyBase, both } = reported.commits;
    parts.push(
      ...describeCommits(`Only in ${names.head}`, onlyHead, paint),
      ...describeCommits(`Only in ${names.base}`, onlyBase, paint),
      ...describeCommits("In both", both, paint),
    );
  }
  return parts.join("\n\n");
}

function describeDifference(title: string, difference: Difference, paint: Paint): string[] {
  if (!hasContent(difference)) return [];
  const { commits, people, files, releases } = difference;
  return [
    ...describeCommits(title, commits, paint),
    ...describeList(
      `${title}: people`,
      people,
      ["PERSON", "EMAIL", "COMMITS"],
      people.items.map(({ person, commits: own }) => [person.name ?? person.email, person.email, String(own)]),
      paint,
    ),
    ...describeList(
      `${title}: files`,
      files,
      ["FILE", "REPOSITORY"],
      files.items.map(({ path, repository }) => [path, repository]),
      paint,
    ),
    ...describeList(
      `${title}: releases`,
      releases,
      ["RELEASE", "COMMITS", "DATE"],
      releases.items.map((release) => [
        formatRelease(release.version),
        String(release.commitCount),
        shortDate(release.dateReleased ?? release.dateCreated),
      ]),
      paint,
    ),
  ];
}

const describeCommits = (title: string, commits: Difference["commits"], paint: Paint): string[] =>
  describeList(
    `${title}: commits`,
    commits,
    ["COMMIT", "REPOSITORY", "DATE", "AUTHOR", "MESSAGE"],
    commits.items.map(({ sha, repository, dateCreated, author, subject }) => [
      sha.slice(0, 12),
      repository,
      shortDate(dateCreated),
      author?.name ?? author?.email ?? "-",
      subject,
    ]),
    paint,
  );

function describeList(
  title: string,
  { total, items }: { readonly total: number; readonly items: readonly unknown[] },
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  paint: Paint,
): string[] {
  if (total === 0) return [];
  const counted = items.length < total ? `first ${items.length} of ${total}` : String(total);
  return [`${title} (${counted})\n${table(headings, rows, paint, "")}`];
}
