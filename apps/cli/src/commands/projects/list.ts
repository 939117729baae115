import type { Outputs } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { text } from "../../parameters.ts";
import { takeAll } from "../../take.ts";
import { table } from "../../terminal/table.ts";
import { wantedOrganization } from "../../wanted.ts";

type Project = Outputs["projects"]["list"]["items"][number];

/** The projects within reach. */
export const listProjects = command({
  describe: "list the projects within reach",
  arguments: { query: text("[query]", "part of a name or slug") },
  examples: ["projects list", "projects list web --json"],
  async run(context, { query }): Promise<Project[]> {
    const input = { organization: wantedOrganization(context), ...(query === undefined ? {} : { query }) };
    return takeAll(walkPages((cursor) => context.client.projects.list.query(cursor === undefined ? input : { ...input, cursor })));
  },
  print: (projects, paint) =>
    table(
      ["SLUG", "NAME", "PLATFORM", "TEAMS", "LATEST RELEASE", "ID"],
      projects.map(({ slug, name, platform, teams, latestRelease, id }) => [
        slug,
        name,
        platform || "-",
        teams.map((team) => team.slug).join(", ") || "-",
        latestRelease?.version ?? "-",
        id,
      ]),
      paint,
      "No projects.",
    ),
});
