import { ACCESS_TABLE, type AccessRow, CALLERS, OUTSIDE, statusesOf } from "@landfall/testing/access/access-table";
import {
  type AccessWorld,
  type AnyCaller,
  GONE,
  type Missing,
  openAccessWorld,
  renamed,
  SECRETS,
} from "@landfall/testing/access/access-world";
import { callAsOutsiders, type Exchange } from "@landfall/testing/access/outsiders";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { restHandler, ROUTES } from "../src/rest-handler.ts";
import { DENIED } from "./error-bodies.ts";

let world: AccessWorld;
let rest: ReturnType<typeof restHandler>;
const bugs: unknown[] = [];

beforeAll(async () => {
  world = await openAccessWorld();
  rest = restHandler({ app: world.app, onBug: (error) => bugs.push(error), checkResponses: true });
});

afterAll(() => world.close());

const routed = ACCESS_TABLE.flatMap(({ route, ...row }) => (route === null ? [] : [{ ...row, route }]));

test("the access table has a row for every route, and no other", () => {
  expect(routed.map((row) => row.route).toSorted()).toEqual(ROUTES.map((route) => `${route.method} ${route.path}`).toSorted());
});

describe("who may call", () => {
  test.for(routed)("$route", async (row) => {
    const results: Partial<Record<AnyCaller, unknown>> = {};
    for (const caller of CALLERS) {
      const { status, text } = await call(row, caller);
      results[caller] = status < 300 ? "ok" : status;
      if (OUTSIDE.includes(caller) || status >= 400) expect(text).not.toMatch(SECRETS);
    }
    expect(bugs).toEqual([]);
    expect(results).toEqual(statusesOf(row, "rest"));
  });

  test.for(routed)("$route rejects expired and revoked tokens", async (row) => {
    for (const caller of GONE) {
      const { status, text } = await call(row, caller);
      expect([caller, status, text]).toEqual([
        caller,
        401,
        caller === "revoked" ? '{"detail":"Invalid token"}' : '{"detail":"Token expired"}',
      ]);
    }
  });
});

describe("an inaccessible object has the same response as a missing one, unless the contract prescribes another", () => {
  test.for(routed)("$route", async (row) => {
    for (const { caller, missing, toClosed, toMissing } of await callAsOutsiders((...as) => call(row, ...as))) {
      if (isPrescribed(row, missing === "closedProject" ? ":project" : ":organization", toClosed, toMissing)) continue;
      expect([caller, toClosed]).toEqual([caller, toMissing]);
    }
  });
});

type Compared = Omit<Exchange, "request">;

/**
 * Organizations and projects in a path are 403 when they exist and 404 when they do not (contract 1.17, 1.20, 16.3); projects of an artifact
 * bundle are 404 and 400 (contract 9.4).
 */
function isPrescribed(
  { operation, route }: AccessRow & { readonly route: string },
  name: string,
  closed: Compared,
  missing: Compared,
): boolean {
  if (operation === "wire.assembleBundle" && closed.status === 404) return missing.status === 400;
  const inPath = route.includes(name);
  return inPath && closed.text === JSON.stringify(DENIED) && closed.status === 403 && missing.status === 404;
}

async function call(
  { operation, route }: AccessRow & { readonly route: string },
  caller: AnyCaller,
  replaced: Missing | null = null,
): Promise<Exchange> {
  const [method = "", path = ""] = route.split(" ");
  const { names, input } = renamed({ names: world.namesFor(operation, caller), input: world.inputOf(operation) }, replaced);
  const target = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
  const token = world.tokens[caller];
  const hasBody = method === "POST" || method === "PUT";
  const form = world.formOf(operation);
  const response = await rest(
    new Request(`http://landfall.test/api/0${target}${method === "DELETE" ? queryOf(input) : ""}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(hasBody && !form ? { "content-type": "application/json" } : {}),
      },
      ...(hasBody ? { body: form ?? JSON.stringify(input) } : {}),
    }),
  );
  return { request: `${target} ${JSON.stringify(input)}`, status: response.status, text: await response.text() };
}

const queryOf = (input: Readonly<Record<string, unknown>>): string =>
  `?${new URLSearchParams(Object.entries(input).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
