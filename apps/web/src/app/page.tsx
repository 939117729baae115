import { headers } from "next/headers";
import { runningApp } from "../running-app.ts";
import { settingsLines } from "../serving/settings-lines.ts";
import { ShellLines } from "../ui/shell-lines.tsx";

/** The first page: whether all is well, and how to report a release. */
export default async function Home() {
  const running = runningApp();
  const status = await running.status();
  const organization = status.organization ?? "your-organization";
  const project = status.project ?? "your-project";
  const lines = settingsLines({ url: running.originOf(await headers()), organization, project, token: "<your token>" });
  return (
    <>
      <h1>What shipped, where it runs, who wrote it</h1>
      <dl className="facts">
        <Fact name="Server" value={`running, version ${running.version}`} />
        <Fact name="Organizations" value={count(status.organizations)} />
        <Fact name="Projects" value={count(status.projects)} />
        <Fact name="Releases" value={count(status.releases)} />
      </dl>
      <h2>Report a release</h2>
      <p>Tell sentry-cli, or any other client of Sentry&rsquo;s releases API, where this server is:</p>
      <ShellLines label="Settings of release clients" lines={quoted(lines)} />
      <p>
        The token was shown when the server started for the first time, and is kept in <code>first-run.txt</code> in its data directory.
        Another is made with <code>npm run admin -- token create --org {organization}</code>.
      </p>
      <p>Then, in a git repository:</p>
      <ShellLines label="A first release" lines={FIRST_RELEASE} />
      <h2>More</h2>
      <ul>
        <li>
          <a href={DESCRIPTION}>The API in OpenAPI 3.1</a>
        </li>
        <li>
          Documentation: the folder <code>docs/</code> of the repository
        </li>
      </ul>
    </>
  );
}

const DESCRIPTION = "/api/0/openapi.json";

const FIRST_RELEASE = [
  'VERSION="$(sentry-cli releases propose-version)"',
  'sentry-cli releases new "$VERSION"',
  'sentry-cli releases set-commits "$VERSION" --auto',
  'sentry-cli releases finalize "$VERSION"',
  'sentry-cli deploys new --release "$VERSION" -e production',
];

function Fact({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

const count = (number: number): string => number.toLocaleString("en");

/** The placeholder would be a redirection in a shell. */
const quoted = (lines: readonly string[]): string[] => lines.map((line) => line.replace("<your token>", "'<your token>'"));
