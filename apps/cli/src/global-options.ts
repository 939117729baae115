import { flag, type Parameter, repeated, text } from "./parameters.ts";

/** The options every command has; they may stand before or after it. */
export const GLOBAL_OPTIONS = {
  server: text("--server <url>", "the server's address (LANDFALL_URL, SENTRY_URL)"),
  token: text("--token <token>", "the token to use (LANDFALL_TOKEN, SENTRY_AUTH_TOKEN)"),
  org: text("-o, --org <slug>", "the organization (LANDFALL_ORG, SENTRY_ORG)"),
  project: repeated("-p, --project <slug>", "a project; repeat it for more (LANDFALL_PROJECT, SENTRY_PROJECT)"),
  json: flag("--json", "print the result as JSON"),
  quiet: flag("-q, --quiet", "print no messages, no progress and no confirmations"),
  allowFailure: flag("--allow-failure", "warn and exit with 0 when the command fails (LANDFALL_ALLOW_FAILURE, SENTRY_ALLOW_FAILURE)"),
} as const satisfies Record<string, Parameter<unknown>>;

/** What `--server` is called in sentry-cli; some commands have a `--url` of their own. */
export const SERVER_ALIAS: Parameter<string | undefined> = text("--url <url>", "same as --server");

/** What commands that change something have besides. */
export const DRY_RUN = flag("--dry-run", "send nothing that changes something; print what would be sent");
