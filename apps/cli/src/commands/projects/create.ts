import type { Outputs } from "@landfall/client/procedure-types";
import { command } from "../../command.ts";
import { required, text } from "../../parameters.ts";
import { wantedOrganization } from "../../wanted.ts";

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
      organization: wantedOrganization(context),
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
