import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAdmin } from "../test/run-program.ts";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER, PICTURES } from "./browser-world.ts";
import { pageFigures } from "./page-figures.ts";
import { VIEWS } from "./views.ts";
import { builtShop } from "./built-shop.ts";
import { uploadBundle } from "./upload-artifacts.ts";
import { checkPage } from "./check-page.ts";

/** The releases of the sample data, which are the same for the same end date. */
type Listed = readonly { readonly version: string; readonly commitCount: number; readonly deployCount: number }[];

const KINDS = [
  "home",
  "releases",
  "release",
  "notes",
  "files",
  "board",
  "compare",
  "deploys",
  "environment",
  "artifacts",
  "search",
  "people",
  "projects",
  "project",
  "tokens",
  "audit",
] as const;

/** The largest transfer size of all scripts of a page, in kB. The releases page has a lower limit. */
const MAX_SCRIPT = 260;
const MAX_RELEASES_SCRIPT = 250;

/** The main pages with realistic data. The screenshots of the documentation are taken here. */
describe.runIf(hasBrowser)("the main pages of a large organization", () => {
  let world: BrowserWorld;
  let version: string;
  let before: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["unused"] });
    const seeded = await runAdmin(world.dataDir, "seed", "--org", "northwind", "--email", OWNER.email, "--until", "2026-11-23T12:00:00Z");
    if (seeded.code !== 0) throw new Error(seeded.stderr);
    const listed = (await world.rest("GET", "/organizations/northwind/releases/?per_page=100")) as Listed;
    const [largest, other] = listed.filter(({ version, deployCount }) => version.startsWith("web@") && deployCount > 1);
    version = String(largest?.version);
    before = String(other?.version);
    await uploadBundle(world, { organization: "northwind", projects: ["web"], version, parts: builtShop() });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const pages = (): Record<(typeof KINDS)[number], string> => {
    const release = `/releases/${encodeURIComponent(version)}`;
    return {
      home: "",
      releases: "/releases",
      release,
      notes: `${release}/notes`,
      files: `${release}/files`,
      board: "/board",
      compare: `/compare?base=${encodeURIComponent(before)}&head=${encodeURIComponent(version)}`,
      deploys: "/deploys",
      environment: "/environments/production",
      artifacts: `${release}/artifacts`,
      search: "/search?q=fix",
      people: "/people",
      projects: "/projects",
      project: "/projects/web",
      tokens: "/settings/tokens",
      audit: "/settings/audit",
    };
  };

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test.each(KINDS)("%s", async (kind) => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        const response = await page.goto(`${world.server.url}/organizations/northwind${pages()[kind]}`);
        expect(response?.status()).toBe(200);
        await checkPage(page, `seeded-${kind}-${colorScheme}-${name}`);
        // The screenshots of the documentation must not mark the data as sample data.
        await page.evaluate(() => document.querySelector("section[aria-label='Sample data']")?.remove());
        await page.screenshot({ path: path.join(PICTURES, `docs-${kind}-${colorScheme}-${name}.png`) });
      });
      expect(problems).toEqual([]);
    });
  });

  test("pages keep to their limits of script size", async () => {
    const targets = Object.values(pages()).map((target) => `/organizations/northwind${target}`);
    const figures = await pageFigures(String(process.env.LANDFALL_CHROMIUM), world.server.url, OWNER, targets);
    writeFileSync(path.join(PICTURES, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
    expect(figures.map(({ script }) => script > 0 && script <= MAX_SCRIPT)).toEqual(targets.map(() => true));
    expect(figures.find(({ path: target }) => target.endsWith("/releases"))?.script).toBeLessThanOrEqual(MAX_RELEASES_SCRIPT);
  });
});
