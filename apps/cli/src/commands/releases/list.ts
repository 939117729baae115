import type { Release } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { choice, count, repeated, text } from "../../parameters.ts";
import { take } from "../../take.ts";
import { shortDate } from "../../terminal/dates.ts";
import { table } from "../../terminal/table.ts";
import { namedProjects, wantedOrganization } from "../../wanted.ts";

const LIMIT = 25;
const LONGEST_PAGE = 100;

/** Releases, the newest first. */
export const listReleases = command({
  describe: "list releases, the newest first",
  arguments: { query: text("[query]", "what to look for: part of a version, or terms such as release.package:web") },
  options: {
    environment: repeated("-e, --env <name>", "only those deployed there; repeat it for more"),
    status: choice("--status <status>", "which ones (open)", ["open", "archived", "all"]),
    sort: choice("--sort <order>", "the order (date)", ["date", "semver", "build"]),
    limit: count("--limit <count>", "how many (25)", LIMIT, 1),
  },
  examples: ["releases list", "releases list 1.4 -p web --limit 5", "releases list 'release.stage:adopted' --status all --json"],
  async run(context, { query, environment, status = "open", sort = "date", limit }): Promise<Release[]> {
    const projects = namedProjects(context);
    const input = {
      organization: wantedOrganization(context),
      status: status === "all" ? ("" as const) : status,
      sort,
      per_page: Math.min(limit, LONGEST_PAGE),
      ...(query === undefined ? {} : { query }),
      ...(projects.length > 0 ? { project: projects } : {}),
      ...(environment.length > 0 ? { environment: [...environment] } : {}),
    };
    const pages = walkPages((cursor) => context.client.releases.list.query(cursor === undefined ? input : { ...input, cursor }));
    const { items, hasMore } = await take(pages, limit);
    if (hasMore) context.say(`There are more than these ${limit}: use --limit to see them.`);
    return items;
  },
  print: (releases, paint) =>
    table(["VERSION", "RELEASED", "COMMITS", "LAST DEPLOY", "PROJECTS"], releases.map(rowOf), paint, "No releases."),
});

const rowOf = ({ version, status, dateReleased, commitCount, lastDeploy, projects }: Release): string[] => [
  status === "archived" ? `${version} (archived)` : version,
  dateReleased === null ? "unreleased" : shortDate(dateReleased),
  String(commitCount),
  lastDeploy === null ? "-" : `${lastDeploy.environment} ${shortDate(lastDeploy.dateFinished)}`,
  projects.map(({ slug }) => slug).join(", "),
];
