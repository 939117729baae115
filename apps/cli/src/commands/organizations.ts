import { type Outputs, walkPages } from "@landfall/client/create-client";
import { collect } from "../command/arguments.ts";
import { command } from "../command/command.ts";
import { table } from "../terminal/format.ts";

type Organization = Outputs["organizations"]["list"]["items"][number];

/** Lists the organizations that the token can access. */
export const listOrganizations = command({
  describe: "list the organizations that the token can access",
  examples: ["orgs list", "orgs list --json"],
  run: ({ client }): Promise<Organization[]> => collect(walkPages((cursor) => client.organizations.list.query({ cursor }))),
  print: (organizations, paint) =>
    table(
      ["SLUG", "NAME", "ID"],
      organizations.map(({ slug, name, id }) => [slug, name, id]),
      paint,
      "No organizations.",
    ),
});
