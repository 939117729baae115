import { type Outputs, walkPages } from "@landfall/client/create-client";
import { collect, requireOrganization, requireVersion } from "../command/arguments.ts";
import { command, flag, timestamp, optionalCount, text } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

type Deploy = Outputs["deploys"]["create"];

/** Records a deploy of a release. */
export const newDeploy = command({
  describe: "record a deploy of a release; each call records a new deploy",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    release: text("--release <version>", "the version, for compatibility with sentry-cli"),
    environment: text("-e, --env <name>", "the environment (LANDFALL_ENVIRONMENT, SENTRY_ENVIRONMENT)"),
    name: text("-n, --name <name>", "the name of the deploy"),
    url: text("-u, --url <url>", "a link to the deploy"),
    time: optionalCount("-t, --time <seconds>", "how long it took; it finished now"),
    started: timestamp("--started <time>", "when it started"),
    finished: timestamp("--finished <time>", "when it finished (default: now)"),
  },
  examples: ["deploys new web@1.4.0 -e production", "deploys new web@1.4.0 -e staging -n '#123' -u https://ci.example.com/123 -t 90"],
  writes: true,
  async run(context, args): Promise<Deploy | undefined> {
    const { runtime, settings } = context;
    const environment = args.environment ?? settings.environment?.value;
    if (environment === undefined) {
      throw new CliError("input", "No environment specified.", "Use -e, or set LANDFALL_ENVIRONMENT or SENTRY_ENVIRONMENT.");
    }
    if (args.time !== undefined && (args.started || args.finished)) {
      throw new CliError("usage", "--time cannot be combined with --started or --finished.");
    }
    const started = args.time === undefined ? args.started : new Date(runtime.now().getTime() - args.time * 1000);
    const { projects } = settings;
    const input = {
      organization: requireOrganization(context),
      version: requireVersion(context, args.version ?? args.release),
      environment,
      dateFinished: args.finished ?? runtime.now(),
      name: args.name,
      url: args.url,
      dateStarted: started,
      // As in sentry-cli, projects from variables do not restrict a deploy.
      projects: projects?.source === "--project" ? [...projects.value] : undefined,
    };
    return context.write("deploys.create", input, (sent) => context.client.deploys.create.mutate(sent));
  },
  print: ({ environment, name }) => `Recorded deploy${name === null ? "" : ` ${name}`} to ${environment}`,
});

type ListedDeploy = Outputs["deploys"]["list"]["items"][number];

/** Lists the deploys of a release. */
export const listDeploys = command({
  describe: "list the deploys of a release, newest first",
  arguments: { version: text("[version]", "the version (default: LANDFALL_RELEASE or SENTRY_RELEASE)") },
  options: {
    release: text("--release <version>", "the version, for compatibility with sentry-cli"),
    all: flag("-a, --all", "all deploys, not only the newest in each environment"),
  },
  examples: ["deploys list web@1.4.0", "deploys list web@1.4.0 --all --json"],
  async run(context, { version, release, all }): Promise<ListedDeploy[]> {
    const at = { organization: requireOrganization(context), version: requireVersion(context, version ?? release) };
    return collect(walkPages((cursor) => context.client.deploys.list.query({ ...at, all, cursor })));
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
