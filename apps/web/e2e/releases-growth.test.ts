import { HOUR } from "@landfall/domain/durations";
import { signIn } from "@landfall/testing/network/sign-in";
import { deployRows } from "@landfall/testing/rows/deploy-rows";
import { fixtures } from "@landfall/testing/rows/fixtures";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServedPages, servedPages } from "./served-pages.ts";

const START = Date.UTC(2016, 0, 1);
const PROJECTS = ["web", "api", "billing", "docs", "mobile", "search"];
const ENVIRONMENTS = ["dev", "staging", "production"];

/** How often each page is requested. The fastest response counts, since other work of the machine disturbs it least. */
const ROUNDS = 15;

let served: ServedPages;

beforeAll(async () => {
  served = await servedPages();
});

afterAll(() => served[Symbol.asyncDispose]());

/**
 * Creates an organization in which every release is deployed to dev, every second to staging, and every fifth to production. Returns the
 * cookie of its owner.
 */
async function organizationOf(slug: string, count: number): Promise<string> {
  const given = fixtures(served.app.store);
  const { id } = await given.organization(slug);
  const owner = await given.user(`olga@${slug}.test`, { organization: slug, role: "owner" });
  const rows = deployRows(served.app.store, id);
  const projects = await rows.projects(PROJECTS);
  const environments = await rows.environments(ENVIRONMENTS);
  const made = Array.from({ length: count }, (_, index) => ({
    version: `${PROJECTS[index % 6]}@1.${index}.0`,
    date: new Date(START + index * HOUR),
    projectIds: [projects[index % 6] ?? 0],
  }));
  const ids = await rows.releases(made);
  const deployed = made.flatMap(({ date, projectIds }, index) =>
    [1, 2, 5].flatMap((every, at) =>
      index % every === 0
        ? [{ releaseId: ids[index] ?? 0, environmentId: environments[at] ?? 0, projectIds, finished: new Date(date.getTime() + at * HOUR) }]
        : [],
    ),
  );
  await rows.deploys(deployed);
  return (await signIn(served.app, owner.id)).cookie;
}

async function milliseconds(slug: string, path: string, cookie: string): Promise<number> {
  const start = performance.now();
  const { status, text } = await served.get(slug, path, cookie);
  const took = performance.now() - start;
  expect([status, text.includes("data-row")]).toEqual([200, true]);
  return took;
}

test("the releases page is as fast with 100,000 releases as with a few", async () => {
  const few = await organizationOf("few", 100);
  const some = await organizationOf("some", 400);
  const many = await organizationOf("many", 100_000);
  // With a filter, 100 releases do not fill a page.
  for (const [query, slug, cookie] of [
    ["", "few", few],
    ["?sort=semver", "few", few],
    ["?project=web", "some", some],
    ["?environment=production", "some", some],
  ] as const) {
    const small: number[] = [];
    const large: number[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      small.push(await milliseconds(slug, `/releases${query}`, cookie));
      large.push(await milliseconds("many", `/releases${query}`, many));
    }
    const [least, most] = [Math.min(...small), Math.min(...large)];
    expect(most / least, `${query}: ${most} ms instead of ${least} ms`).toBeLessThanOrEqual(1.5);
  }
}, 180_000);
