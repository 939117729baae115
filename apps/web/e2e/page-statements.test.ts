import { globSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WEB } from "../test/run-program.ts";
import { ORGANIZATION_PAGES } from "./organization-pages.ts";
import { type SampleSize, type ServedPages, servedPages } from "./served-pages.ts";

/** The limit of SQL statements of a page, for organizations of any size. */
const MAX_STATEMENTS = 60;

/** How many more statements a page may need because a large organization has data where a small one has none. */
const ALLOWED_INCREASE = 3;

/** The route of all other paths, which responds with 404. */
const UNKNOWN = "[...unknown]";

let served: ServedPages;
beforeAll(async () => {
  served = await servedPages();
});
afterAll(() => served[Symbol.asyncDispose]());

/** Creates an organization with a history. Returns the number of SQL statements of each page. */
async function statementsOf(slug: string, size: SampleSize): Promise<Map<string, number>> {
  const { facts, owner } = await served.makeOrganization(slug, size);
  const statements = new Map<string, number>();
  for (const [route, pathOf] of Object.entries(ORGANIZATION_PAGES)) {
    await served.get(slug, pathOf(facts), owner);
    served.statements();
    const { status } = await served.get(slug, pathOf(facts), owner);
    expect([route, status]).toEqual([route, 200]);
    statements.set(route, served.statements());
  }
  return statements;
}

test("every route below an organization is counted", () => {
  const base = path.join(WEB, "src/app/organizations/[organization]");
  const routes = globSync("**/page.tsx", { cwd: base })
    .map((file) => path.dirname(file))
    .filter((route) => route !== UNKNOWN);
  expect(Object.keys(ORGANIZATION_PAGES).toSorted((a, b) => a.localeCompare(b))).toEqual(routes.toSorted((a, b) => a.localeCompare(b)));
});

test("a page needs as many SQL statements in a large organization as in a small one", async () => {
  const small = await statementsOf("small", { releases: 12, people: 6, projects: 2, days: 20 });
  const large = await statementsOf("large", { releases: 400, people: 40, projects: 6, days: 120 });
  for (const [route, count] of large) {
    expect(count, route).toBeLessThanOrEqual(MAX_STATEMENTS);
    expect(count, route).toBeLessThanOrEqual((small.get(route) ?? 0) + ALLOWED_INCREASE);
    expect(count, route).toBeGreaterThan(0);
  }
}, 120_000);
