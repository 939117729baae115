import { formatRelease } from "@landfall/domain/versions/release-name";
import type { Outputs } from "@landfall/client/create-client";
import { describeState } from "@landfall/domain/environments/change-state";
import { requireOrganization } from "../command/arguments.ts";
import { command, count, required } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate } from "../terminal/format.ts";
import type { Paint } from "../terminal/output.ts";

type Found = Outputs["find"]["changes"];
type Change = Found["commits"][number];
type Place = Change["environments"][number];

const MAX_LIMIT = 50;

/** Shows in which releases and environments a change is. */
export const where = command({
  describe: "show in which releases and environments a commit, pull request, or ticket is",
  details: `Finds commits by the beginning of their hash, by a pull request or ticket in their message (#123, APP-7), by a version, and by
any text in messages, authors, and file names. Exits with 21 if no commit is found.`,
  arguments: { change: required("<change>", "a hash, a pull request, a ticket, a version, or a text") },
  options: { limit: count("--limit <number>", `the most commits to list (at most ${MAX_LIMIT})`, 10, 1) },
  examples: ["where 1f3870be", "where '#123'", "where APP-7 --json"],
  async run(context, { change, limit }): Promise<Found> {
    if (limit > MAX_LIMIT) throw new CliError("usage", `--limit can be at most ${MAX_LIMIT}.`);
    return context.client.find.changes.query({ organization: requireOrganization(context), query: change, limit });
  },
  print({ commits, searched, next }, paint) {
    if (commits.length === 0) {
      return searched.isComplete
        ? "No commits found."
        : `No commits found among the ${searched.commits} that were stored last. Use a hash, or more of the text.`;
    }
    const more = next === null ? [] : ["Older commits may match, too. Use --limit, or more of the text."];
    return [...commits.map((commit) => describeChange(commit, paint)), ...more].join("\n\n");
  },
  exit: ({ commits }) => (commits.length === 0 ? "notFound" : "ok"),
});

function describeChange(
  { sha, subject, author, dateCreated, repository, releases, releaseCount, environments }: Change,
  paint: Paint,
): string {
  const [newest] = releases;
  const others = releaseCount > 1 ? ` and ${releaseCount - 1} more` : "";
  const places =
    environments.length > 0
      ? environments.map(describePlace)
      : [newest ? `in ${formatRelease(newest.version)}${others}, not deployed yet` : "not in a release yet"];
  return [
    `${paint.bold(sha.slice(0, 12))} ${subject || "(no message)"}`,
    paint.dim(`  ${author?.name ?? author?.email ?? "unknown author"}, ${shortDate(dateCreated)}, ${repository}`),
    ...places.map((place) => `  ${place}`),
  ].join("\n");
}

const describePlace = ({ project, environment, state, version, date }: Place): string =>
  describeState(state, {
    environment: `${environment} of ${project.slug}`,
    since: `since ${shortDate(date)}`,
    versions: formatRelease(version),
  });
