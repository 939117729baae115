import type { Outputs } from "@landfall/client/procedure-types";
import { walkPages } from "@landfall/client/walk-pages";
import { command } from "../../command.ts";
import { flag, text } from "../../parameters.ts";
import { takeAll } from "../../take.ts";
import { shortDate } from "../../terminal/dates.ts";
import { table } from "../../terminal/table.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

type Deploy = Outputs["deploys"]["list"]["items"][number];

/** Where a release was deployed. */
export const listDeploys = command({
  describe: "list where a release was deployed, the last first",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    release: text("--release <version>", "the version, as sentry-cli takes it"),
    all: flag("-a, --all", "every deploy, not only the newest of each environment"),
  },
  examples: ["deploys list web@1.4.0", "deploys list web@1.4.0 --all --json"],
  async run(context, { version, release, all }): Promise<Deploy[]> {
    const at = { organization: wantedOrganization(context), version: wantedVersion(context, version ?? release), ...(all ? { all } : {}) };
    return takeAll(walkPages((cursor) => context.client.deploys.list.query(cursor === undefined ? at : { ...at, cursor })));
  },
  print: (deploys, paint) =>
    table(
      ["ENVIRONMENT", "NAME", "STARTED", "FINISHED", "URL"],
      deploys.map(({ environment, name, dateStarted, dateFinished, url }) => [
        environment,
        name ?? "-",
        shortDate(dateStarted),
        shortDate(dateFinished),
        url ?? "-",
      ]),
      paint,
      "No deploys.",
    ),
});
