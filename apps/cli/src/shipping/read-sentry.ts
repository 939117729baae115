import { setTimeout } from "node:timers/promises";
import { CliError } from "../system/errors.ts";
import type { Runtime } from "../system/runtime.ts";

/** An organization on a server with Sentry's API, and a token that can read its releases. */
export type SentrySource = { readonly url: string; readonly organization: string; readonly token: string };

export type SentryRelease = {
  readonly version: string;
  readonly ref: string | null;
  readonly url: string | null;
  readonly dateReleased: Date | null;
  readonly dateCreated: Date;
  readonly commitCount: number;
  readonly deployCount: number;
  /** The slugs of its projects. */
  readonly projects: readonly string[];
};

export type SentryCommit = {
  readonly id: string;
  readonly message: string | null;
  readonly dateCreated: Date;
  readonly author: { readonly name: string | null; readonly email: string | null };
  readonly repository: string | null;
};

export type SentryDeploy = {
  readonly environment: string;
  readonly name: string | null;
  readonly url: string | null;
  readonly dateStarted: Date | null;
  readonly dateFinished: Date;
};

/** A JSON object. Not checked with zod, which would double the size of the command line. */
type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null && !Array.isArray(value);

const fieldsOf = (value: unknown): Fields => (isFields(value) ? value : {});

const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);

const countOf = (value: unknown): number => (typeof value === "number" ? value : 0);

const dateOf = (value: unknown): Date | null => (typeof value === "string" && !Number.isNaN(Date.parse(value)) ? new Date(value) : null);

/** Reads an object of a page; null if it is not one of this kind. */
type Read<T> = (fields: Fields) => T | null;

const readRelease: Read<SentryRelease> = ({ version, ref, url, dateReleased, dateCreated, commitCount, deployCount, projects }) => {
  const created = dateOf(dateCreated);
  if (typeof version !== "string" || created === null || !Array.isArray(projects)) return null;
  return {
    version,
    ref: textOf(ref),
    url: textOf(url),
    dateReleased: dateOf(dateReleased),
    dateCreated: created,
    commitCount: countOf(commitCount),
    deployCount: countOf(deployCount),
    projects: projects.flatMap((project: unknown) => textOf(fieldsOf(project)["slug"]) ?? []),
  };
};

/** Without an author, `author` is `{}`. */
const readCommit: Read<SentryCommit> = ({ id, message, dateCreated, author, repository }) => {
  const created = dateOf(dateCreated);
  if (typeof id !== "string" || created === null) return null;
  const { name, email } = fieldsOf(author);
  return {
    id,
    message: textOf(message),
    dateCreated: created,
    author: { name: textOf(name), email: textOf(email) },
    repository: textOf(fieldsOf(repository)["name"]),
  };
};

const readDeploy: Read<SentryDeploy> = ({ environment, name, url, dateStarted, dateFinished }) => {
  const finished = dateOf(dateFinished);
  if (typeof environment !== "string" || finished === null) return null;
  return { environment, name: textOf(name), url: textOf(url), dateStarted: dateOf(dateStarted), dateFinished: finished };
};

/** Reads releases with their commits and deploys through Sentry's API, one request at a time. */
export interface SentryReader {
  /** The releases, newest first; with `project`, only those of this project. */
  releases(project?: string): AsyncGenerator<SentryRelease, void, undefined>;
  /** The commits of a release, newest first. */
  commits(version: string): AsyncGenerator<SentryCommit, void, undefined>;
  /** The deploys of a release. */
  deploys(version: string): AsyncGenerator<SentryDeploy, void, undefined>;
}

/** The parts of the runtime that a reader uses; `wait` is replaced in tests. */
type Network = Pick<Runtime, "fetch" | "signal"> & { readonly wait?: (milliseconds: number, signal: AbortSignal) => Promise<void> };

const PAGE_SIZE = 100;
const TIMEOUT_MS = 60_000;

/** Creates a reader. Its generators throw CliError if the server cannot be read. */
export function sentryReader(network: Network, { url, organization, token }: SentrySource): SentryReader {
  const base = `${url.replace(/\/+$/, "")}/api/0/organizations/${encodeURIComponent(organization)}/releases/`;

  async function* pages<T>(read: Read<T>, path: string, query: Readonly<Record<string, string>> = {}): AsyncGenerator<T, void, undefined> {
    for (let cursor: string | null = ""; cursor !== null;) {
      const params = new URLSearchParams({ ...query, per_page: String(PAGE_SIZE), ...(cursor === "" ? {} : { cursor }) });
      const response = await request(network, `${base}${path}?${params.toString()}`, token);
      const page: unknown = await response.json().catch(() => null);
      if (!Array.isArray(page)) throw notSentry(url);
      for (const item of page) {
        const found = isFields(item) ? read(item) : null;
        if (found === null) throw notSentry(url);
        yield found;
      }
      cursor = nextCursor(response.headers.get("link"));
    }
  }

  return {
    releases: (project) => pages(readRelease, "", project === undefined ? {} : { projectSlug: project }),
    commits: (version) => pages(readCommit, `${encodeURIComponent(version)}/commits/`),
    deploys: (version) => pages(readDeploy, `${encodeURIComponent(version)}/deploys/`, { all: "1" }),
  };
}

const notSentry = (url: string): CliError =>
  new CliError("network", `${url} returned data that is not that of Sentry's API.`, "Check the URL.");

/** Returns the cursor of the next page in Sentry's `Link` header (contract 15.4); null on the last page. */
function nextCursor(link: string | null): string | null {
  const next = link?.split(/,\s*(?=<)/).find((part) => part.includes('rel="next"') && part.includes('results="true"'));
  return /cursor="([^"]+)"/.exec(next ?? "")?.[1] ?? null;
}

const MAX_ATTEMPTS = 6;
const MAX_WAIT_SECONDS = 60;

/** Requests a URL; waits and tries again if the server limits the rate or is overloaded. */
async function request({ fetch, signal, wait = pause }: Network, url: string, token: string): Promise<Response> {
  const { origin } = new URL(url);
  for (let attempt = 1; ; attempt += 1) {
    const response = await fetch(url, {
      headers: { authorization: `Bearer ${token}`, accept: "application/json" },
      redirect: "manual",
      signal: AbortSignal.any([signal, AbortSignal.timeout(TIMEOUT_MS)]),
    }).catch((error: unknown) => {
      if (signal.aborted) throw new CliError("interrupted", "Interrupted.");
      throw new CliError("network", `Cannot read ${origin}: ${causeOf(error)}.`, "Check the URL and the network.");
    });
    if (response.ok) return response;
    await response.body?.cancel();
    const isTransient = response.status === 429 || response.status >= 500;
    if (!isTransient || attempt === MAX_ATTEMPTS) throw failureOf(origin, response.status);
    const seconds = Number(response.headers.get("retry-after")) || 2 ** attempt;
    await wait(Math.min(MAX_WAIT_SECONDS, seconds) * 1000, signal);
  }
}

const pause = (milliseconds: number, signal: AbortSignal): Promise<void> =>
  setTimeout(milliseconds, undefined, { signal }).catch(() => {
    throw new CliError("interrupted", "Interrupted.");
  });

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error && error.cause.message !== "" ? error.cause.message : error.message;
}

function failureOf(origin: string, status: number): CliError {
  if (status === 401) return new CliError("auth", `${origin} does not accept the token.`, "Pass a valid token in SENTRY_SOURCE_TOKEN.");
  if (status === 403)
    return new CliError("auth", `The token for ${origin} cannot read releases.`, "Use a token with the scope project:read.");
  if (status === 404) return new CliError("notFound", `${origin} does not have this organization.`, "Check the URL and --from-org.");
  if (status >= 300 && status < 400) return new CliError("network", `${origin} redirects.`, "Pass the URL of the server itself.");
  return new CliError(
    "server",
    `${origin} responded with status ${status}.`,
    "Run the command again later. It continues where it stopped.",
  );
}
