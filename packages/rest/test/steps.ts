import { expect } from "vitest";
import type { RawBody, Reply } from "./open-wire.ts";
import type { CallerName, ScenarioContext } from "./scenario-context.ts";

/** One call, change or expectation of a scenario. */
export type Step = (on: ScenarioContext) => Promise<void>;

/** A call with its expectations; each method adds one more and returns the call. */
interface CheckedCall extends Step {
  /** The whole body, field for field. */
  exactly(body: unknown): CheckedCall;
  /** The response's headers; null for a missing one. */
  headers(expected: Readonly<Record<string, string | null>>): CheckedCall;
  /** The pages of the Link header: `["2:1:0", true]` is a cursor and whether it has results; null for no Link header. */
  links(expected: { readonly previous: PageLink; readonly next: PageLink } | null): CheckedCall;
}

type PageLink = readonly [cursor: string, hasResults: boolean];

export interface Call {
  /**
   * The status and the body. An error's body is compared as a whole, another body only in the given fields. Functions in it are called
   * with the scenario first.
   */
  returns(status: number, body?: unknown): CheckedCall;
  /** 200 and, in this order, exactly the releases of these versions. */
  lists(...versions: string[]): CheckedCall;
  /** 200 and, in this order, exactly these values of one field. */
  listsBy(field: string, ...values: unknown[]): CheckedCall;
}

type Extra = { readonly headers?: Readonly<Record<string, string>>; readonly raw?: RawBody };

/** The calls of a caller. In paths `O/` is the scenario's organization, `P/foo/` its project, `{foo}` a project's id and `{org}` the organization's. */
export type Caller = {
  get(path: string, extra?: Extra): Call;
  post(path: string, body?: unknown, extra?: Extra): Call;
  put(path: string, body?: unknown, extra?: Extra): Call;
  del(path: string, extra?: Extra): Call;
  call(method: string, path: string, extra?: Extra): Call;
};

/** The calls of a caller other than the member of team t. */
export const as = (who: CallerName): Caller => callerOf({ who, authorization: (token) => `Bearer ${token}` });

/** The same, with the token as an API key: the user name of Basic authentication, without a password. */
export const asKey = (who: CallerName): Caller => callerOf({ who, authorization: (token) => `Basic ${btoa(`${token}:`)}` });

export const { get, post, put, del, call } = as("member");

/** Moves the clock. */
export const at =
  (date: string): Step =>
  ({ wire }) => {
    wire.clock.set(date.includes("T") ? date : `${date}T00:00:00Z`);
    return Promise.resolve();
  };

/** A project's id, inside a body. */
export const id = (project: string) => (on: ScenarioContext) => on.projectId(project);

/** The same as text, as newer clients send it. */
export const idText = (project: string) => (on: ScenarioContext) => String(on.projectId(project));

/** A person's email, inside a body; the person is created if needed. */
export const emailOf = (who: Parameters<ScenarioContext["email"]>[0]) => (on: ScenarioContext) => on.email(who);

type Sender = { readonly who: CallerName; readonly authorization: (token: string) => string };

function callerOf(sender: Sender): Caller {
  return {
    get: (path, extra) => callAs(sender, "GET", path, undefined, extra),
    post: (path, body, extra) => callAs(sender, "POST", path, body, extra),
    put: (path, body, extra) => callAs(sender, "PUT", path, body, extra),
    del: (path, extra) => callAs(sender, "DELETE", path, undefined, extra),
    call: (method, path, extra) => callAs(sender, method, path, undefined, extra),
  };
}

type Check = (reply: Reply, on: ScenarioContext, label: string) => void | Promise<void>;

function callAs({ who, authorization }: Sender, method: string, path: string, body: unknown, { headers = {}, ...extra }: Extra = {}): Call {
  const label = `${who} ${method} ${path}${body === undefined ? "" : ` ${JSON.stringify(body)}`}`.slice(0, 400);
  const perform = async (on: ScenarioContext) => {
    const token = await on.token(who);
    const credentials: Record<string, string> = token === null ? {} : { Authorization: authorization(token) };
    const sent = body === undefined ? {} : { body: await resolve(body, on) };
    return on.wire.call(method, expand(path, on), { token: null, headers: { ...credentials, ...headers }, ...extra, ...sent });
  };
  const listsBy = (field: string, ...values: unknown[]) =>
    checkedCall(perform, label, [statusIs(200), (reply) => expect(fieldOf(reply.body, field), label).toEqual(values)]);
  return {
    returns: (status, expected) =>
      checkedCall(perform, label, [statusIs(status), ...(expected === undefined ? [] : [bodyIs(expected, status < 300)])]),
    lists: (...versions) => listsBy("version", ...versions),
    listsBy,
  };
}

function checkedCall(perform: (on: ScenarioContext) => Promise<Reply>, label: string, checks: readonly Check[]): CheckedCall {
  const step: Step = async (on) => {
    const reply = await perform(on);
    for (const check of checks) await check(reply, on, label);
  };
  const and = (check: Check) => checkedCall(perform, label, [...checks, check]);
  return Object.assign(step, {
    exactly: (body: unknown) => and(bodyIs(body, false)),
    headers: (expected: Readonly<Record<string, string | null>>) =>
      and((reply) => {
        for (const [name, value] of Object.entries(expected)) expect(reply.headers.get(name), `${label}: ${name}`).toEqual(value);
      }),
    links: (expected: Parameters<CheckedCall["links"]>[0]) => and((reply) => expect(linksOf(reply), `${label}: Link`).toEqual(expected)),
  });
}

const statusIs =
  (status: number): Check =>
  (reply, _on, label) =>
    expect({ status: reply.status, ...(reply.status === status ? {} : { text: reply.text }) }, label).toEqual({ status });

const bodyIs =
  (expected: unknown, inPart: boolean): Check =>
  async (reply, on, label) => {
    const body = await resolve(expected, on);
    if (!inPart || typeof body !== "object" || body === null) expect(reply.body, label).toEqual(body);
    else expect(reply.body, label).toMatchObject(body);
  };

function linksOf(reply: Reply): unknown {
  const header = reply.headers.get("link");
  if (header === null) return null;
  const relations = [...header.matchAll(/rel="(\w+)"; results="(true|false)"; cursor="([^"]*)"/g)];
  return Object.fromEntries(relations.map(([, rel, results, cursor]) => [rel, [cursor, results === "true"]]));
}

const fieldOf = (body: unknown, field: string): unknown =>
  Array.isArray(body) ? body.map((item: Record<string, unknown>) => item[field]) : body;

/** The URL path of a scenario's path, below `/api/0`. */
export const expand = (path: string, on: ScenarioContext): string =>
  path
    .replace(/^O\//, `/organizations/${on.organization.slug}/`)
    .replace(/^P\//, `/projects/${on.organization.slug}/`)
    .replace(/\{(\w+)\}/g, (_, name: string) => String(name === "org" ? on.organization.id : on.projectId(name)));

/** The value with every function in it replaced by its result for this scenario. Matchers of the test runner stay unchanged. */
async function resolve(value: unknown, on: ScenarioContext): Promise<unknown> {
  if (typeof value === "function") return value(on);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolve(item, on)));
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const entries = await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await resolve(item, on)] as const));
  return Object.fromEntries(entries);
}
