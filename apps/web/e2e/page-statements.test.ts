import { globSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { WEB } from "../test/run-program.ts";
import { ORGANIZATION_PAGES } from "./organization-pages.ts";
import { type SampleSize, type ServedPages, servedPages } from "./served-pages.ts";

/** No page of an organization asks more of the database than this, however large the organization is. */
const MOST = 60;

/** How many more statements the same page may need because there is something to show where a small organization has nothing. */
const MORE = 3;

let served: ServedPages;
beforeAll(async () => {
  served = await servedPages();
});
afterAll(() => served[Symbol.asyncDispose]());

/** Makes an organization with a history and answers how many statements each of its pages takes. */
async function statementsOf(slug: string, size: SampleSize): Promise<Map<string, number>> {
  const { facts, owner } = await served.makeOrganization(slug, size);
  const taken = new Map<string, number>();
  for (const [route, pathOf] of Object.entries(ORGANIZATION_PAGES)) {
    await served.look(slug, pathOf(facts), owner);
    served.statements();
    const { status } = await served.look(slug, pathOf(facts), owner);
    expect([route, status]).toEqual([route, 200]);
    taken.set(route, served.statements());
  }
  return taken;
}

test("every route below an organization is counted", () => {
  const base = path.join(WEB, "src/app/organizations/[organization]");
  const routes = globSync("**/page.tsx", { cwd: base }).map((file) => path.dirname(file));
  expect(Object.keys(ORGANIZATION_PAGES).toSorted((a, b) => a.localeCompare(b))).toEqual(routes.toSorted((a, b) => a.localeCompare(b)));
});

test("a page asks as much of the database in a large organization as in a small one", async () => {
  const small = await statementsOf("small", { releases: 12, people: 6, projects: 2, days: 20 });
  const large = await statementsOf("large", { releases: 400, people: 40, projects: 6, days: 120 });
  for (const [route, count] of large) {
    expect(count, route).toBeLessThanOrEqual(MOST);
    expect(count, route).toBeLessThanOrEqual((small.get(route) ?? 0) + MORE);
    expect(count, route).toBeGreaterThan(0);
  }
}, 120_000);
