import { settingsLines } from "#server/lifecycle/client-settings.ts";
import type { Viewer } from "#server/pages/running-app.ts";

export type ReportTarget = { readonly url: string; readonly organization: string; readonly project: string };

/** Stands where the token goes while there is none to show; quoted, since a shell would take it for a redirection. */
const NO_TOKEN = "'<your token>'";

/** What sentry-cli does in a git repository to report a release from its commits to its deploy. */
const SENTRY_CLI = [
  'VERSION="$(sentry-cli releases propose-version)"',
  'sentry-cli releases new "$VERSION"',
  'sentry-cli releases set-commits "$VERSION" --auto',
  'sentry-cli releases finalize "$VERSION"',
  'sentry-cli deploys new --release "$VERSION" -e production',
];

const LANDFALL = ["landfall ship --env production"];

/** The same by hand, where no client is installed. */
const CURL = [
  'API="$SENTRY_URL/api/0/organizations/$SENTRY_ORG/releases"',
  'AUTH="Authorization: Bearer $SENTRY_AUTH_TOKEN"',
  'JSON="Content-Type: application/json"',
  `curl -sS "$API/" -H "$AUTH" -H "$JSON" -d '{"version":"1.0.0","projects":["'$SENTRY_PROJECT'"],`,
  `  "commits":[{"id":"0123456789abcdef0123456789abcdef01234567","message":"First commit",`,
  `  "author_name":"Me","author_email":"me@example.com"}]}'`,
  `curl -sS "$API/1.0.0/deploys/" -H "$AUTH" -H "$JSON" -d '{"environment":"production"}'`,
];

const COMMANDS = { "sentry-cli": SENTRY_CLI, landfall: LANDFALL, curl: CURL } as const;

/** With what a first release can be reported. */
export type ReportingClient = keyof typeof COMMANDS;

export const REPORTING_CLIENTS: readonly ReportingClient[] = ["sentry-cli", "landfall", "curl"];

/** The lines to paste: where this server is, then a release with its commits and its deploy. */
export const firstReleaseCommands = (way: ReportingClient, place: ReportTarget, token: string | null): string[] => [
  ...settingsLines({ ...place, token: token ?? NO_TOKEN }),
  "",
  ...COMMANDS[way],
];

/** How far the newest release of an organization has come; null while there is none. */
export type FirstReleaseProgress = {
  readonly version: string;
  readonly commits: number;
  readonly people: number;
  /** Where it was deployed last; null for nowhere. */
  readonly environment: string | null;
};

/** What has arrived of the first release, for whoever waits for it. */
export async function readFirstReleaseProgress(call: Viewer["call"], organization: string): Promise<FirstReleaseProgress | null> {
  const { items } = await call.releases.list({ organization, per_page: "1" });
  const [release] = items;
  if (!release) return null;
  const { version, commitCount, authors, lastDeploy } = release;
  return { version, commits: commitCount, people: authors.length, environment: lastDeploy?.environment ?? null };
}
