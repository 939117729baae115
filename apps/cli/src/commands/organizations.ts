import { type Outputs, walkPages } from "@landfall/client/create-client";
import { requireOrganization, takeAll } from "../command/arguments.ts";
import { command, text } from "../command/command.ts";
import { table } from "../terminal/format.ts";

type Organization = Outputs["organizations"]["list"]["items"][number];

/** The organizations the token reaches. */
export const listOrganizations = command({
  describe: "list the organizations that the token reaches",
  examples: ["orgs list", "orgs list --json"],
  run: ({ client }): Promise<Organization[]> =>
    takeAll(walkPages((cursor) => client.organizations.list.query(cursor === undefined ? {} : { cursor }))),
  print: (organizations, paint) =>
    table(
      ["SLUG", "NAME", "ID"],
      organizations.map(({ slug, name, id }) => [slug, name, id]),
      paint,
      "No organizations.",
    ),
});

type Repository = Outputs["repositories"]["list"]["items"][number];

/** The repositories commits have named. */
export const listRepositories = command({
  describe: "list the repositories that commits have named",
  arguments: { query: text("[query]", "part of a name") },
  examples: ["repos list", "repos list acme/ --json"],
  async run(context, { query }): Promise<Repository[]> {
    const input = { organization: requireOrganization(context), ...(query === undefined ? {} : { query }) };
    return takeAll(walkPages((cursor) => context.client.repositories.list.query(cursor === undefined ? input : { ...input, cursor })));
  },
  print: (repositories, paint) =>
    table(
      ["NAME", "STATUS", "URL", "ID"],
      repositories.map(({ name, status, url, id }) => [name, status, url ?? "-", id]),
      paint,
      "No repositories.",
    ),
});
