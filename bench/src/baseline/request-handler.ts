import { hash, randomUUID } from "node:crypto";
import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Database } from "better-sqlite3";
import { describeReleases } from "./describe.ts";
import { type Changes, prepareChanges, prepareQueries, type Queries } from "./queries.ts";
import { reportRelease } from "./reported-release.ts";
import type { Write } from "./writer.ts";

type Parts = { readonly reader: Database; readonly writer: Database; readonly write: Write };

type Served = { readonly reads: Queries; readonly writes: Queries; readonly changes: Changes; readonly write: Write };

type Exchange = {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly id: string;
  readonly url: string;
  readonly token: number;
};

const RELEASES = /^\/api\/0\/organizations\/([^/]+)\/releases\/(?:([^/?]+)\/)?(?:\?(.*))?$/;

/** Handles the measured requests; returns 404 for all others. */
export function requestHandler({ reader, writer, write }: Parts): RequestListener {
  const served: Served = { reads: prepareQueries(reader), writes: prepareQueries(writer), changes: prepareChanges(writer), write };
  return (request, response) => {
    handle(served, request, response).catch((error: unknown) => {
      console.error(error);
      send(response, 500, "{}", REST);
    });
  };
}

async function handle(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = randomUUID();
  response.setHeader("X-Request-Id", id);
  const exchange = {
    request,
    response,
    id,
    url: request.url ?? "",
    token: authenticate(served.reads, request.headers.authorization ?? ""),
  };
  if (exchange.url.startsWith("/api/trpc/releases.create")) return createOverTrpc(served, exchange);
  if (exchange.url.startsWith("/api/trpc/releases.list")) return listOverTrpc(served, exchange);
  const [, organization = "", version, search = ""] = RELEASES.exec(exchange.url) ?? [];
  if (organization === "") return send(response, 404, "{}", REST);
  if (version !== undefined) return retrieve(served, exchange, organization, decodeURIComponent(version));
  return request.method === "POST" ? create(served, exchange, organization) : list(served, exchange, organization, search);
}

/** Returns the id of a valid token. */
function authenticate(queries: Queries, authorization: string): number {
  const token = queries.token.get(hash("sha256", authorization.slice("Bearer ".length), "hex"));
  if (!token) throw new Error("unknown token");
  const [id, , , , scopes, expires, revoked, isActive] = token;
  const granted: unknown = JSON.parse(scopes);
  const isGood = revoked === null && (expires === null || expires > Date.now()) && isActive !== 0;
  if (!isGood || !Array.isArray(granted) || granted.length === 0) throw new Error("invalid token");
  return id;
}

const REST = {
  "content-type": "application/json",
  "content-language": "en",
  "cache-control": "no-store",
  vary: "Accept-Language, Cookie, Origin",
  "x-content-type-options": "nosniff",
  "x-frame-options": "deny",
};
const LIST = { ...REST, allow: "GET, POST, HEAD, OPTIONS" };
const ONE = { ...REST, allow: "GET, PUT, DELETE, HEAD, OPTIONS" };
const TRPC = {
  "content-type": "application/json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
  vary: "trpc-accept, accept",
};

function send(response: ServerResponse, status: number, body: string, headers: Record<string, string>): void {
  response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(body) });
  response.end(body);
}

async function create(served: Served, exchange: Exchange, organization: string): Promise<void> {
  const { release, created } = await report(served, exchange, organization, await readJson(exchange.request));
  send(exchange.response, created ? 201 : 208, JSON.stringify(release), LIST);
}

async function createOverTrpc(served: Served, exchange: Exchange): Promise<void> {
  const input = await readJson(exchange.request);
  const data = await report(served, exchange, textOf(input["organization"]), input);
  send(exchange.response, 200, JSON.stringify({ result: { data } }), TRPC);
}

function report(
  { writes, changes, write }: Served,
  { request, id, token }: Exchange,
  organization: string,
  input: Record<string, unknown>,
) {
  const { version, projects } = input;
  if (typeof version !== "string" || !Array.isArray(projects)) throw new Error("a release needs a version and projects");
  const report = {
    organization,
    version,
    projects: projects.map(textOf),
    userAgent: request.headers["user-agent"] ?? "",
    requestId: id,
    tokenId: token,
  };
  return write(() => reportRelease(writes, changes, report));
}

function retrieve({ reads }: Served, { response }: Exchange, slug: string, version: string): void {
  const organization = reads.organization.get(0, slug);
  const release = organization && reads.release.get(organization[0], version);
  if (!organization || !release) return send(response, 404, "{}", ONE);
  const [view] = describeReleases(reads, organization[0], [release], reads.linksOf.all(release[0]));
  send(response, 200, JSON.stringify(view), ONE);
}

/** The first page, with the cursors of the next and previous ones. */
function page({ reads }: Served, slug: string, perPage: number, isArchived: boolean) {
  const organization = reads.organization.get(0, slug);
  if (!organization) throw new Error(`unknown organization ${slug}`);
  const rows = reads.listReleases.all(organization[0], isArchived ? 1 : 0, perPage + 1);
  return {
    items: describeReleases(reads, organization[0], rows.slice(0, perPage)),
    previous: { cursor: `${perPage}:-1:1`, hasResults: false },
    next: { cursor: `${perPage}:1:0`, hasResults: rows.length > perPage },
  };
}

function list(served: Served, { request, response }: Exchange, organization: string, search: string): void {
  const query = new URLSearchParams(search);
  const { items, previous, next } = page(served, organization, Number(query.get("per_page") ?? 100), query.get("status") === "archived");
  const address = `http://${request.headers.host}/api/0/organizations/${organization}/releases/?${search}`;
  const relation = (name: string, { cursor, hasResults }: typeof next) =>
    `<${address}&cursor=${cursor}>; rel="${name}"; results="${hasResults}"; cursor="${cursor}"`;
  send(response, 200, JSON.stringify(items), { ...LIST, link: `${relation("previous", previous)}, ${relation("next", next)}` });
}

function listOverTrpc(served: Served, { response, url }: Exchange): void {
  const input: unknown = JSON.parse(new URLSearchParams(url.slice(url.indexOf("?"))).get("input") ?? "{}");
  const { organization, per_page } = objectOf(input);
  send(response, 200, JSON.stringify({ result: { data: page(served, textOf(organization), Number(per_page), false) } }), TRPC);
}

function readJson(request: IncomingMessage): Promise<Record<string, unknown>> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("error", reject);
    request.on("end", () => {
      try {
        resolve(objectOf(JSON.parse(Buffer.concat(parts).toString())));
      } catch (error) {
        reject(error);
      }
    });
  });
}

function objectOf(value: unknown): Record<string, unknown> {
  if (!isObject(value)) throw new Error("expected a JSON object");
  return value;
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null;

function textOf(value: unknown): string {
  if (typeof value !== "string") throw new Error("expected a string");
  return value;
}
