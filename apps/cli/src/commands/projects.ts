import { type Outputs, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization } from "../command/arguments.ts";
import { command, required, text } from "../command/command.ts";
import { table } from "../terminal/format.ts";

type Project = Outputs["projects"]["create"];

/** Creates a project. */
export const createProject = command({
  describe: "create a project",
  arguments: { name: required("<name>", "the name") },
  options: {
    slug: text("--slug <slug>", "the name in commands and URLs (default: derived from the name)"),
    team: text("--team <slug>", "the team of the project (default: your first team)"),
    platform: text("--platform <platform>", "the platform, such as node or python"),
  },
  examples: ["projects create Web", "projects create 'Public API' --slug api --team backend"],
  writes: true,
  async run(context, { name, slug, team, platform }): Promise<Project | undefined> {
    const { client } = context;
    const input = { organization: requireOrganization(context), name, slug, platform };
    return team === undefined
      ? context.write("projects.create", input, (sent) => client.projects.create.mutate(sent))
      : context.write("projects.createInTeam", { ...input, team }, (sent) => client.projects.createInTeam.mutate(sent));
  },
  print: ({ slug }) => `Created project ${slug}`,
});

type ListedProject = Outputs["projects"]["list"]["items"][number];

/** Lists the projects that the token can access. */
export const listProjects = command({
  describe: "list the projects that the token can access",
  arguments: { query: text("[query]", "part of the name or slug") },
  examples: ["projects list", "projects list web --json"],
  async run(context, { query }): Promise<ListedProject[]> {
    const organization = requireOrganization(context);
    return collect(walkPages((cursor) => context.client.projects.list.query({ organization, query, cursor })));
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
