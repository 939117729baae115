import { type Outputs, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization } from "../command/arguments.ts";
import { command, text } from "../command/command.ts";
import { table } from "../terminal/format.ts";

type Repository = Outputs["repositories"]["list"]["items"][number];

/** Lists the repositories of commits. */
export const listRepositories = command({
  describe: "list the repositories of reported commits",
  arguments: { query: text("[query]", "part of the name") },
  examples: ["repos list", "repos list acme/ --json"],
  async run(context, { query }): Promise<Repository[]> {
    const organization = requireOrganization(context);
    return collect(walkPages((cursor) => context.client.repositories.list.query({ organization, query, cursor })));
  },
  print: (repositories, paint) =>
    table(
      ["NAME", "STATUS", "URL", "ID"],
      repositories.map(({ name, status, url, id }) => [name, status, url ?? "-", id]),
      paint,
      "No repositories.",
    ),
});
