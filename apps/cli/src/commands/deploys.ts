import { type Outputs, walkPages } from "@landfall/client/create-client";
import { requireOrganization, requireVersion, takeAll } from "../command/arguments.ts";
import { command, flag, moment, optionalCount, text } from "../command/command.ts";
import { CliError } from "../system/errors.ts";
import { shortDate, table } from "../terminal/format.ts";

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
      organization: requireOrganization(context),
      version: requireVersion(context, args.version ?? args.release),
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

type ListedDeploy = Outputs["deploys"]["list"]["items"][number];

/** Where a release was deployed. */
export const listDeploys = command({
  describe: "list where a release was deployed, the last first",
  arguments: { version: text("[version]", "the version; by default LANDFALL_RELEASE or SENTRY_RELEASE") },
  options: {
    release: text("--release <version>", "the version, as sentry-cli takes it"),
    all: flag("-a, --all", "every deploy, not only the newest of each environment"),
  },
  examples: ["deploys list web@1.4.0", "deploys list web@1.4.0 --all --json"],
  async run(context, { version, release, all }): Promise<ListedDeploy[]> {
    const at = {
      organization: requireOrganization(context),
      version: requireVersion(context, version ?? release),
      ...(all ? { all } : {}),
    };
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
