import type { Release } from "@landfall/client/procedure-types";
import { command } from "../../command.ts";
import { text } from "../../parameters.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

/** Brings an archived release back. */
export const restoreRelease = command({
  describe: "bring an archived release back into lists",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  examples: ["releases restore web@1.3.0"],
  writes: true,
  async run(context, { version }): Promise<Release | undefined> {
    const input = { organization: wantedOrganization(context), version: wantedVersion(context, version), status: "open" as const };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Restored release ${version}`,
});
