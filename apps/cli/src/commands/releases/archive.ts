import type { Release } from "@landfall/client/procedure-types";
import { command } from "../../command.ts";
import { text } from "../../parameters.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

/** Takes a release out of lists. */
export const archiveRelease = command({
  describe: "take a release out of lists; nothing is lost",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  examples: ["releases archive web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    const input = { organization: wantedOrganization(context), version: wantedVersion(context, version), status: "archived" as const };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Archived release ${version}`,
});
