import type { Outputs } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { text } from "../../parameters.ts";
import { takeAll } from "../../take.ts";
import { table } from "../../terminal/table.ts";
import { wantedOrganization } from "../../wanted.ts";

type Repository = Outputs["repositories"]["list"]["items"][number];

/** The repositories commits have named. */
export const listRepositories = command({
  describe: "list the repositories that commits have named",
  arguments: { query: text("[query]", "part of a name") },
  examples: ["repos list", "repos list acme/ --json"],
  async run(context, { query }): Promise<Repository[]> {
    const input = { organization: wantedOrganization(context), ...(query === undefined ? {} : { query }) };
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
