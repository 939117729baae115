import { releaseUrl, requireOrganization } from "../command/arguments.ts";
import { command, flag, text } from "../command/command.ts";
import { openRepository } from "../git/open-repository.ts";
import { proposeVersion } from "../shipping/propose-version.ts";
import { CliError } from "../system/errors.ts";

type Opened = { readonly version: string; readonly url: string; readonly opened: boolean };

/** Opens the page of a release. */
export const openRelease = command({
  describe: "open the page of a release in the browser",
  details: "The default version is the one that `ship` would use in the current folder. Prints the URL if no browser can be opened.",
  arguments: { version: text("[version]", "the version") },
  options: { print: flag("--print", "only print the URL") },
  examples: ["open web@1.4.0", "open --print"],
  async run(context, { version, print }): Promise<Opened> {
    const { runtime, settings } = context;
    if (!settings.url)
      throw new CliError("input", "No server configured.", "Set SENTRY_URL or LANDFALL_URL, use --server, or run `landfall login`.");
    const organization = requireOrganization(context);
    const target = version ?? settings.release?.value ?? (await versionOfFolder());
    const url = releaseUrl(settings.url.value, organization, target);
    const opened = !print && runtime.stdout.isTerminal && (await runtime.openUrl(url));
    return { version: target, url, opened };

    async function versionOfFolder(): Promise<string> {
      const repository = await openRepository({ cwd: runtime.cwd, env: runtime.env, signal: runtime.signal });
      return (await proposeVersion(context, undefined, repository)).value;
    }
  },
  print: ({ url }) => url,
});
