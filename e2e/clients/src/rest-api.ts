import { z } from "zod";
import { ORGANIZATION } from "./start-server.ts";
import { WireCommit, WireCommitFile, WireDeploy, WireRelease, WireRepository } from "./wire-shapes.ts";

/** An answer as it came: `body` is the parsed JSON, or `undefined` when the answer has no body. */
export type RestAnswer = { readonly status: number; readonly headers: Headers; readonly body: unknown };

/** Reads what a server has stored, over its REST wire and without any client. */
export interface RestApi {
  /** Sends one request to `/api/0` + `path`; `body` goes as JSON. Never throws for a status. */
  send(method: string, path: string, body?: unknown): Promise<RestAnswer>;
  /** The release, or `undefined` when the server answers 404. Other statuses and malformed bodies throw. */
  findRelease(version: string): Promise<WireRelease | undefined>;
  /** The release. @throws when there is none. */
  release(version: string): Promise<WireRelease>;
  /** The commits of a release, newest first. */
  commits(version: string): Promise<readonly WireCommit[]>;
  /** The files that the commits of a release changed, by name. */
  commitFiles(version: string): Promise<readonly WireCommitFile[]>;
  /** The deploys of a release, the last finished first. */
  deploys(version: string): Promise<readonly WireDeploy[]>;
  /** The repositories of the organization. */
  repositories(): Promise<readonly WireRepository[]>;
}

/** A reader of the server at `url` that authenticates with `token`, or not at all without one. */
export function restApi(url: string, token?: string): RestApi {
  async function send(method: string, path: string, body?: unknown): Promise<RestAnswer> {
    const headers = {
      ...(token && { authorization: `Bearer ${token}` }),
      ...(body !== undefined && { "content-type": "application/json" }),
    };
    const answer = await fetch(`${url}/api/0${path}`, { method, headers, body: JSON.stringify(body), redirect: "manual" });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: text === "" ? undefined : parseJson(text, `${method} ${path}`) };
  }

  async function read<T extends z.ZodType>(path: string, shape: T): Promise<z.output<T>> {
    const { status, body } = await send("GET", path);
    if (status !== 200) throw new Error(`GET ${path} answered ${status}: ${JSON.stringify(body)}`);
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

/** The path of a release below `/api/0`, its version escaped. */
export function releasePath(version: string): string {
  return `/organizations/${ORGANIZATION}/releases/${encodeURIComponent(version)}/`;
}

function parseJson(text: string, request: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new Error(`${request} answered what is not JSON: ${text.slice(0, 200)}`, { cause });
  }
}
