import type { Release } from "@landfall/client/procedure-types";
import { command } from "../../command.ts";
import { moment, text } from "../../parameters.ts";
import { shortDate } from "../../terminal/dates.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

/** Says that a release is out. */
export const finalizeRelease = command({
  describe: "say that a release is out",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    released: moment("--released <time>", "when it went out: a date, a moment, or seconds since 1970 (now)"),
    url: text("--url <url>", "a page about it"),
  },
  examples: ["releases finalize web@1.4.0", "releases finalize web@1.4.0 --released 2026-01-31T12:00:00Z"],
  writes: true,
  async run(context, { version, released, url }): Promise<Release | undefined> {
    const input = {
      organization: wantedOrganization(context),
      version: wantedVersion(context, version),
      dateReleased: released ?? context.world.now(),
      ...(url === undefined ? {} : { url }),
    };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version, dateReleased }) => `Finalized release ${version} at ${shortDate(dateReleased)}`,
});
