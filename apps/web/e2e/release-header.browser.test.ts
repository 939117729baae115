import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { reporter } from "./report-deploys.ts";

const VERSION = "web@1.1.0-rc.1+build.4812";

describe.runIf(hasBrowser)("the header of a release", () => {
  let world: BrowserWorld;
  let url: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    url = `${world.server.url}/organizations/acme/releases/${encodeURIComponent(VERSION)}`;
    const { release, deploy } = reporter(world);
    await release("web", "web@1.0.0", 1, "2026-01-01T00:00:00Z");
    await release("web", VERSION, 2, "2026-01-02T00:00:00Z");
    await release("web", "web@1.2.0", 1, "2026-01-03T00:00:00Z");
    const target = `/organizations/acme/releases/${encodeURIComponent(VERSION)}/`;
    await world.rest("PUT", target, { ref: "refs/tags/v1.1.0", url: "https://git.acme.test/acme/web/-/releases/v1.1.0" });
    const environments = ["production", "canary", "staging", "qa", ...Array.from({ length: 10 }, (_, index) => `customer-${index}`)];
    for (const environment of environments) await deploy(VERSION, environment, "2026-01-04T00:00:00Z");
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.each([
    { width: 1440, limit: 110 },
    { width: 390, limit: 220 },
  ])("is at most $limit px high at a width of $width px, with many environments", async ({ width, limit }) => {
    for (const colorScheme of ["light", "dark"] as const) {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport: { width, height: 800 } }, async (page) => {
        await page.goto(url);
        const box = await page.locator("[data-release-header]").boundingBox();
        await checkPage(page, `release-header-${colorScheme}-${width}`);
        expect(box?.height).toBeLessThanOrEqual(limit);
      });
      expect(problems).toEqual([]);
    }
  });

  test("the checklist shows gaps, and the rest behind a count", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(url);
      const checklist = page.getByRole("list", { name: "Completeness" });
      await checklist.getByText("No artifacts").waitFor();
      expect(await checklist.getByText("Version recognized").isVisible()).toBe(false);
      await checklist.getByText(/^\d of \d/).click();
      await checklist.getByText("Version recognized").waitFor();
      await checklist.getByText("Finalized").waitFor();
      await page.keyboard.press("Escape");
      await checklist.getByText("Version recognized").waitFor({ state: "hidden" });
    });
    expect(problems).toEqual([]);
  });
});
