import type { Outputs } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { takeAll } from "../../take.ts";
import { table } from "../../terminal/table.ts";

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
