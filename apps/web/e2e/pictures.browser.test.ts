import { writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAdmin } from "../test/run-program.ts";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER, PICTURES } from "./browser-world.ts";
import { pageFigures } from "./page-figures.ts";
import { VIEWS } from "./views.ts";
import { builtShop } from "./built-shop.ts";
import { uploadBundle } from "./upload-artifacts.ts";
import { lookAt } from "./look-at.ts";

/** The release with the most commits of the sample, which is the same wherever it is made for the same day. */
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
  "artifacts",
  "search",
  "people",
  "projects",
  "project",
  "tokens",
  "audit",
] as const;

/** The most script a page may make a browser load, in kB as they go over the wire; the releases page keeps to less. */
const MOST_SCRIPT = 260;
const MOST_SCRIPT_OF_RELEASES = 250;

/** The main pages with realistic data: the pictures of the documentation are taken here. */
describe.runIf(hasBrowser)("the main pages of a large organization", () => {
  let world: BrowserWorld;
  let version: string;
  let before: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["unused"] });
    const seeded = await runAdmin(world.dataDir, "seed", "--org", "northwind", "--email", OWNER.email, "--until", "2026-11-23T12:00:00Z");
    if (seeded.code !== 0) throw new Error(seeded.stderr);
    const listed = (await world.rest("GET", "/organizations/northwind/releases/?per_page=100")) as Listed;
    const [richest, other] = listed.filter(({ version, deployCount }) => version.startsWith("web@") && deployCount > 1);
    version = String(richest?.version);
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
      const said = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        const response = await page.goto(`${world.server.url}/organizations/northwind${pages()[kind]}`);
        expect(response?.status()).toBe(200);
        await lookAt(page, `seeded-${kind}-${colorScheme}-${name}`);
        // Pictures of the documentation show what people's own data look like.
        await page.evaluate(() => document.querySelector("form[aria-label='Sample data']")?.remove());
        await page.screenshot({ path: path.join(PICTURES, `docs-${kind}-${colorScheme}-${name}.png`) });
      });
      expect(said).toEqual([]);
    });
  });

  test("a page loads no more script than it may", async () => {
    const targets = Object.values(pages()).map((target) => `/organizations/northwind${target}`);
    const figures = await pageFigures(String(process.env.LANDFALL_CHROMIUM), world.server.url, OWNER, targets);
    writeFileSync(path.join(PICTURES, "figures.json"), `${JSON.stringify(figures, null, 2)}\n`);
    expect(figures.map(({ script }) => script > 0 && script <= MOST_SCRIPT)).toEqual(targets.map(() => true));
    expect(figures.find(({ path: target }) => target.endsWith("/releases"))?.script).toBeLessThanOrEqual(MOST_SCRIPT_OF_RELEASES);
  });
});
