import { restApp } from "../src/rest-app.ts";
import { ROUTES } from "../src/routes.ts";
import { type AccessRow, ACCESS_TABLE, CALLERS } from "@landfall/testing/access/access-table";
import { type AccessWorld, type AnyCaller, GONE, openAccessWorld, SECRET } from "@landfall/testing/access/access-world";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

let world: AccessWorld;
let rest: ReturnType<typeof restApp>;
const bugs: unknown[] = [];
beforeAll(async () => {
  world = await openAccessWorld();
  rest = restApp({ app: world.app, onBug: (error) => bugs.push(error), checkAnswers: true });
});
afterAll(() => world.close());

const routed = ACCESS_TABLE.flatMap(({ route, ...row }) => (route === null ? [] : [{ ...row, route }]));

test("the access table has a row for every route, and no other", () => {
  expect(routed.map((row) => row.route).toSorted()).toEqual(ROUTES.map((route) => `${route.method} ${route.path}`).toSorted());
});

describe("who may call", () => {
  test.for(routed)("$route", async (row) => {
    const told: Partial<Record<AnyCaller, unknown>> = {};
    for (const caller of CALLERS) {
      const { status, text } = await call(row, caller);
      told[caller] = status < 300 ? "ok" : status;
      if (caller === "afar" || status >= 400) expect(text).not.toContain(SECRET);
    }
    expect(bugs).toEqual([]);
    expect(told).toEqual(row.verdicts);
  });

  test.for(routed)("$route is closed to tokens that are gone", async (row) => {
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

async function call(
  { operation, route }: AccessRow & { readonly route: string },
  caller: AnyCaller,
): Promise<{ status: number; text: string }> {
  const [method = "", path = ""] = route.split(" ");
  const names = world.namesFor(operation, caller);
  const target = path.replaceAll(/:(\w+)/g, (_, name: string) => encodeURIComponent(names[name] ?? ""));
  const token = world.tokens[caller];
  const hasBody = method === "POST" || method === "PUT";
  const form = world.formOf(operation);
  const input = world.inputOf(operation);
  const response = await rest.fetch(
    new Request(`http://landfall.test/api/0${target}${method === "DELETE" ? queryOf(input) : ""}`, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(hasBody && !form ? { "content-type": "application/json" } : {}),
      },
      ...(hasBody ? { body: form ?? JSON.stringify(input) } : {}),
    }),
  );
  return { status: response.status, text: await response.text() };
}

const queryOf = (input: Readonly<Record<string, unknown>>): string =>
  `?${new URLSearchParams(Object.entries(input).map(([name, value]): [string, string] => [name, String(value)])).toString()}`;
