import { type Outputs, walkPages } from "@landfall/client/create-client";
import { requireOrganization, takeAll } from "../command/arguments.ts";
import { command, required, text } from "../command/command.ts";
import { table } from "../terminal/format.ts";

type Project = Outputs["projects"]["create"];

/** Makes a project. */
export const createProject = command({
  describe: "make a project",
  arguments: { name: required("<name>", "its name") },
  options: {
    slug: text("--slug <slug>", "what it is called in commands and addresses; made from the name by default"),
    team: text("--team <slug>", "the team it belongs to; your first team by default"),
    platform: text("--platform <platform>", "what it is written for, such as node or python"),
  },
  examples: ["projects create Web", "projects create 'Public API' --slug api --team backend"],
  writes: true,
  async run(context, { name, slug, team, platform }): Promise<Project | undefined> {
    const { client } = context;
    const input = {
      organization: requireOrganization(context),
      name,
      ...(slug === undefined ? {} : { slug }),
      ...(platform === undefined ? {} : { platform }),
    };
    return team === undefined
      ? context.write("projects.create", input, (sent) => client.projects.create.mutate(sent))
      : context.write("projects.createInTeam", { ...input, team }, (sent) => client.projects.createInTeam.mutate(sent));
  },
  print: ({ slug }) => `Created project ${slug}`,
});

type ListedProject = Outputs["projects"]["list"]["items"][number];

/** The projects within reach. */
export const listProjects = command({
  describe: "list the projects within reach",
  arguments: { query: text("[query]", "part of a name or slug") },
  examples: ["projects list", "projects list web --json"],
  async run(context, { query }): Promise<ListedProject[]> {
    const input = { organization: requireOrganization(context), ...(query === undefined ? {} : { query }) };
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
