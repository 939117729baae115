import { settingsLines } from "#server/lifecycle/client-settings.ts";
import type { Viewer } from "#server/pages/running-app.ts";

export type ReportTarget = { readonly url: string; readonly organization: string; readonly project: string };

/** A placeholder for the token; quoted, because a shell would read < and > as redirections. */
const NO_TOKEN = "'<your token>'";

/** Reports a release with its commits and a deploy from a git repository. The version is that of `landfall ship`, not a bare hash. */
const SENTRY_CLI = [
  'VERSION="$(git describe --tags 2>/dev/null || TZ=UTC git log -1 --abbrev=12 --date=format-local:%Y.%m.%d --format=%cd+%h)"',
  'sentry-cli releases new "$VERSION"',
  'sentry-cli releases set-commits "$VERSION" --auto',
  'sentry-cli releases finalize "$VERSION"',
  'sentry-cli deploys new --release "$VERSION" -e production',
];

const LANDFALL = ["landfall ship --env production"];

/** The same without a client. */
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

/** The clients that can report a first release. */
export type ReportingClient = keyof typeof COMMANDS;

export const REPORTING_CLIENTS: readonly ReportingClient[] = ["sentry-cli", "landfall", "curl"];

/** Returns the lines to paste: the settings for this server, then the commands of a client. */
export const firstReleaseCommands = (client: ReportingClient, target: ReportTarget, token: string | null): string[] => [
  ...settingsLines({ ...target, token: token ?? NO_TOKEN }),
  "",
  ...COMMANDS[client],
];

/** The commands of `SENTRY_CLI` as CI runs them, without an installation. */
const PIPELINE = SENTRY_CLI.map((line) => line.replace("sentry-cli ", "npx --yes @sentry/cli "));

const indent = (spaces: number, lines: readonly string[]): string[] => lines.map((line) => `${" ".repeat(spaces)}${line}`);

/** What a CI system needs to report releases. */
type PipelineSetup = {
  /** Where the token is stored in the CI system. */
  readonly secret: string;
  readonly file: string;
  readonly lines: readonly string[];
};

/** Returns the pipeline of each CI system that reports a release and its deploy from the main branch. */
export const PIPELINES = {
  "GitHub Actions": ({ url, organization, project }: ReportTarget): PipelineSetup => ({
    secret: "Settings → Secrets and variables → Actions → New repository secret, named SENTRY_AUTH_TOKEN",
    file: ".github/workflows/release.yml",
    lines: [
      "name: Release",
      "on:",
      "  push:",
      "    branches: [main]",
      "jobs:",
      "  report:",
      "    runs-on: ubuntu-latest",
      "    env:",
      `      SENTRY_URL: ${url}`,
      `      SENTRY_ORG: ${organization}`,
      `      SENTRY_PROJECT: ${project}`,
      "      SENTRY_AUTH_TOKEN: ${{ secrets.SENTRY_AUTH_TOKEN }}",
      "    steps:",
      "      - uses: actions/checkout@v4",
      "        with:",
      "          fetch-depth: 0 # all commits, to find those since the last release",
      "      - run: |",
      ...indent(10, PIPELINE),
    ],
  }),
  "GitLab CI": ({ url, organization, project }: ReportTarget): PipelineSetup => ({
    secret: "Settings → CI/CD → Variables → Add variable, named SENTRY_AUTH_TOKEN, masked",
    file: ".gitlab-ci.yml",
    lines: [
      "report-release:",
      "  image: node:22",
      "  stage: deploy",
      "  rules:",
      "    - if: $CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH",
      "  variables:",
      '    GIT_DEPTH: "0" # all commits, to find those since the last release',
      `    SENTRY_URL: ${url}`,
      `    SENTRY_ORG: ${organization}`,
      `    SENTRY_PROJECT: ${project}`,
      "  script:",
      "    - |",
      ...indent(6, PIPELINE),
    ],
  }),
  Jenkins: ({ url, organization, project }: ReportTarget): PipelineSetup => ({
    secret: "Manage Jenkins → Credentials → Add Credentials, of the kind Secret text, with the ID sentry-auth-token",
    file: "Jenkinsfile",
    lines: [
      "pipeline {",
      "  agent any",
      "  environment {",
      `    SENTRY_URL = '${url}'`,
      `    SENTRY_ORG = '${organization}'`,
      `    SENTRY_PROJECT = '${project}'`,
      "    SENTRY_AUTH_TOKEN = credentials('sentry-auth-token')",
      "  }",
      "  stages {",
      "    stage('Report the release') {",
      "      steps {",
      "        sh '''#!/bin/sh",
      ...indent(10, ["set -eu", ...PIPELINE]),
      "        '''",
      "      }",
      "    }",
      "  }",
      "}",
    ],
  }),
} as const;

export type PipelineName = keyof typeof PIPELINES;

export const PIPELINE_NAMES: readonly PipelineName[] = ["GitHub Actions", "GitLab CI", "Jenkins"];

/** What has been reported of the first release. */
export type FirstReleaseProgress = {
  readonly version: string;
  readonly commits: number;
  readonly people: number;
  /** The environment of its last deploy; null without one. */
  readonly environment: string | null;
};

/** Reads the progress of the first release; null before it. */
export async function readFirstReleaseProgress(call: Viewer["call"], organization: string): Promise<FirstReleaseProgress | null> {
  const { items } = await call.releases.list({ organization, per_page: "1" });
  const [release] = items;
  if (!release) return null;
  const { version, commitCount, authors, lastDeploy } = release;
  return { version, commits: commitCount, people: authors.length, environment: lastDeploy?.environment ?? null };
}
