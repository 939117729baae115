import type { Release } from "@landfall/client/procedure-types";
import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import { choice, moment, text } from "../../parameters.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

/** Changes what is known of a release. */
export const updateRelease = command({
  describe: "change a release's ref, page, date or state",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    ref: text("--ref <ref>", "what it was built from: a tag, a branch or a sha"),
    url: text("--url <url>", "a page about it"),
    released: moment("--released <time>", "when it was released: a date, a moment, or seconds since 1970"),
    status: choice("--status <status>", "its state", ["open", "archived"]),
  },
  examples: ["releases update web@1.4.0 --ref v1.4.0", "releases update web@1.4.0 --url https://example.com/notes/1.4.0"],
  writes: true,
  async run(context, { version, ref, url, released, status }): Promise<Release | undefined> {
    const changes = {
      ...(ref === undefined ? {} : { ref }),
      ...(url === undefined ? {} : { url }),
      ...(released === undefined ? {} : { dateReleased: released }),
      ...(status === undefined ? {} : { status }),
    };
    if (Object.keys(changes).length === 0) {
      throw new CliError("usage", "Nothing to change was given.", "Give one or more of --ref, --url, --released and --status.");
    }
    const input = { organization: wantedOrganization(context), version: wantedVersion(context, version), ...changes };
    return context.write("releases.update", input, (sent) => context.client.releases.update.mutate(sent));
  },
  print: ({ version }) => `Updated release ${version}`,
});
