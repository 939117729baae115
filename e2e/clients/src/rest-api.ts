import { z } from "zod";
import { ORGANIZATION } from "./start-server.ts";

/** A response: `body` is the parsed JSON, or `undefined` without a body. */
export type RestResponse = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Reads the data of a server over its REST API, without a client. */
export interface RestApi {
  /** Sends one request to `/api/0` + `path`, with `body` as JSON. Never throws for a status. */
  send(method: string, path: string, body?: unknown): Promise<RestResponse>;
  /** Returns the release, or `undefined` for a 404. Other statuses and malformed bodies throw. */
  findRelease(version: string): Promise<WireRelease | undefined>;
  /** Returns the release. @throws if it does not exist. */
  release(version: string): Promise<WireRelease>;
  /** The commits of a release, newest first. */
  commits(version: string): Promise<readonly WireCommit[]>;
  /** The changed files of a release, by name. */
  commitFiles(version: string): Promise<readonly WireCommitFile[]>;
  /** The deploys of a release, last finished first. */
  deploys(version: string): Promise<readonly WireDeploy[]>;
  /** The repositories of the organization. */
  repositories(): Promise<readonly WireRepository[]>;
}

/** Creates a reader of the server at `url` that authenticates with `token`, if any. */
export function restApi(url: string, token?: string): RestApi {
  async function send(method: string, path: string, body?: unknown): Promise<RestResponse> {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const response = await fetch(`${url}/api/0${path}`, { method, headers, body: JSON.stringify(body), redirect: "manual" });
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : parseJson(text, `${method} ${path}`) };
  }

  async function read<T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>> {
    const { status, body } = await send("GET", path);
    if (status !== 200) throw new Error(`GET ${path} returned ${status}: ${JSON.stringify(body)}`);
    return shape.parse(body);
  }

  return {
    send,
    async findRelease(version) {
      const { status } = await send("GET", releasePath(version));
      return status === 404 ? undefined : read(releasePath(version), WireRelease);
    },
    release: (version) => read(releasePath(version), WireRelease),
    commits: (version) => read(`${releasePath(version)}commits/`, z.array(WireCommit)),
    commitFiles: (version) => read(`${releasePath(version)}commitfiles/`, z.array(WireCommitFile)),
    deploys: (version) => read(`${releasePath(version)}deploys/`, z.array(WireDeploy)),
    repositories: () => read(`/organizations/${ORGANIZATION}/repos/`, z.array(WireRepository)),
  };
}

/** Returns the path of a release below `/api/0`, with its version escaped. */
export function releasePath(version: string): string {
  return `/organizations/${ORGANIZATION}/releases/${encodeURIComponent(version)}/`;
}

function parseJson(text: string, request: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${request} returned invalid JSON: ${text.slice(0, 200)}`, { cause });
  }
}

/** A date that every client can parse: RFC 3339 in UTC, ending in `Z` (clients.md 1.3). */
export const WireDate = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/);

/** A commit's author: `{}` when there is none. */
const WireAuthor = z.object({ name: z.string().nullish(), email: z.string().optional() });

/** A commit in `…/commits/` and `lastCommit` (releases.md 12.3). */
export const WireCommit = z.object({
  id: z.string(),
  message: z.string().nullable(),
  dateCreated: WireDate,
  repository: z.object({ name: z.string(), provider: z.object({ id: z.string(), name: z.string() }) }),
  author: WireAuthor,
});

/** A deploy (releases.md 12.4). */
const WireDeploy = z.object({
  id: z.string(),
  environment: z.string(),
  name: z.string().nullable(),
  url: z.string().nullable(),
  dateStarted: WireDate.nullable(),
  dateFinished: WireDate,
});

/** The fields of a release that some client requires (clients.md 6; releases.md 12.1). */
export const WireRelease = z.object({
  id: z.number().int(),
  version: z.string(),
  shortVersion: z.string(),
  status: z.enum(["open", "archived"]),
  url: z.string().nullable(),
  dateCreated: WireDate,
  dateReleased: WireDate.nullable(),
  newGroups: z.number().int().nonnegative(),
  commitCount: z.number().int(),
  deployCount: z.number().int(),
  lastCommit: WireCommit.nullable(),
  lastDeploy: WireDeploy.nullable(),
  authors: z.array(WireAuthor),
  projects: z.array(z.object({ id: z.number().int(), slug: z.string(), name: z.string(), newGroups: z.number().int() })),
});

/** One file of one commit (releases.md 6.3). */
export const WireCommitFile = z.object({ filename: z.string(), type: z.enum(["A", "M", "D"]), repoName: z.string(), author: WireAuthor });

/** A repository in the form that does not break `set-commits` (clients.md 1.5). */
const WireRepository = z.object({
  id: z.string(),
  name: z.string(),
  url: z.string().nullable(),
  provider: z.object({ id: z.string(), name: z.string() }),
  status: z.string(),
  dateCreated: WireDate,
});

export type WireRelease = z.output<typeof WireRelease>;
export type WireCommit = z.output<typeof WireCommit>;
export type WireCommitFile = z.output<typeof WireCommitFile>;
type WireDeploy = z.output<typeof WireDeploy>;
type WireRepository = z.output<typeof WireRepository>;
