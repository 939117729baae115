import type { Outputs } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { flag } from "../../parameters.ts";
import { takeAll } from "../../take.ts";
import { shortDate } from "../../terminal/dates.ts";
import { table } from "../../terminal/table.ts";
import { wantedOrganization } from "../../wanted.ts";

type Token = Outputs["tokens"]["list"]["items"][number] | Outputs["me"]["tokens"]["items"][number];

/** The tokens that work. */
export const listTokens = command({
  describe: "list the organization's tokens, or your own",
  details: "Only the last characters of a token are known: it is shown once, when it is made.",
  options: { personal: flag("--personal", "your own tokens instead of the organization's") },
  examples: ["tokens list", "tokens list --personal --json"],
  async run(context, { personal }): Promise<Token[]> {
    const { client } = context;
    if (personal) return takeAll(walkPages((cursor) => client.me.tokens.query(cursor === undefined ? {} : { cursor })));
    const organization = wantedOrganization(context);
    return takeAll(walkPages((cursor) => client.tokens.list.query({ organization, ...(cursor === undefined ? {} : { cursor }) })));
  },
  print: (tokens, paint) =>
    table(
      ["ID", "NAME", "ENDS WITH", "SCOPES", "CREATED", "LAST USED"],
      tokens.map(({ id, name, tokenLastCharacters, scopes, dateCreated, dateLastUsed }) => [
        id,
        name,
        tokenLastCharacters,
        scopes.join(" "),
        shortDate(dateCreated),
        dateLastUsed === null ? "never" : shortDate(dateLastUsed),
      ]),
      paint,
      "No tokens.",
    ),
});
