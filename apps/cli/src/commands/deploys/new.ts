import type { Outputs } from "@landfall/client/procedure-types";
import { CliError } from "../../cli-error.ts";
import { command } from "../../command.ts";
import { moment, optionalCount, text } from "../../parameters.ts";
import { wantedOrganization, wantedVersion } from "../../wanted.ts";

type Deploy = Outputs["deploys"]["create"];

/** Records that a release was deployed. */
export const newDeploy = command({
  describe: "record that a release was deployed; every call records another deploy",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    release: text("--release <version>", "the version, as sentry-cli takes it"),
    environment: text("-e, --env <name>", "where to (LANDFALL_ENVIRONMENT, SENTRY_ENVIRONMENT)"),
    name: text("-n, --name <name>", "a name for it"),
    url: text("-u, --url <url>", "where it can be looked at"),
    time: optionalCount("-t, --time <seconds>", "how long it took, until now"),
    started: moment("--started <time>", "when it started"),
    finished: moment("--finished <time>", "when it was done (now)"),
  },
  examples: ["deploys new web@1.4.0 -e production", "deploys new web@1.4.0 -e staging -n '#123' -u https://ci.example.com/123 -t 90"],
  writes: true,
  async run(context, args): Promise<Deploy | undefined> {
    const { world, settings } = context;
    const environment = args.environment ?? settings.environment?.value;
    if (environment === undefined) {
      throw new CliError("input", "No environment is known.", "Name it with -e or LANDFALL_ENVIRONMENT (SENTRY_ENVIRONMENT does too).");
    }
    if (args.time !== undefined && (args.started || args.finished)) {
      throw new CliError("usage", "--time excludes --started and --finished.");
    }
    const started = args.time === undefined ? args.started : new Date(world.now().getTime() - args.time * 1000);
    const { projects } = settings;
    const input = {
      organization: wantedOrganization(context),
      version: wantedVersion(context, args.version ?? args.release),
      environment,
      dateFinished: args.finished ?? world.now(),
      ...(args.name === undefined ? {} : { name: args.name }),
      ...(args.url === undefined ? {} : { url: args.url }),
      ...(started === undefined ? {} : { dateStarted: started }),
      // As with sentry-cli: a project that is only a default does not narrow a deploy.
      ...(projects?.source === "--project" ? { projects: [...projects.value] } : {}),
    };
    return context.write("deploys.create", input, (sent) => context.client.deploys.create.mutate(sent));
  },
  print: ({ environment, name }) => `Recorded deploy ${name ?? "unnamed"} to ${environment}`,
});
