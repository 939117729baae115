import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import { flag, required } from "../../parameters.ts";
import { wantedOrganization } from "../../wanted.ts";

type Deleted = { readonly version: string; readonly deleted: true };

/** Deletes a release for good. */
export const deleteRelease = command({
  describe: "delete a release with its commit list and deploys, for good",
  details: "On a terminal it asks first. The commits themselves stay: other releases may have them.",
  arguments: { version: required("<version>", "the version, exactly") },
  options: { yes: flag("-y, --yes", "do not ask") },
  examples: ["releases delete web@1.4.0-rc.1", "releases delete web@1.4.0-rc.1 --yes"],
  writes: true,
  async run(context, { version, yes }): Promise<Deleted | undefined> {
    const input = { organization: wantedOrganization(context), version };
    if (
      !yes &&
      !context.isDryRun &&
      (await context.world.confirm(`Delete release ${version} of ${input.organization} for good?`)) === false
    ) {
      throw new CliError("failure", "Nothing was deleted.");
    }
    return context.write("releases.delete", input, async (sent) => {
      await context.client.releases.delete.mutate(sent);
      return { version, deleted: true as const };
    });
  },
  print: ({ version }) => `Deleted release ${version}`,
});
