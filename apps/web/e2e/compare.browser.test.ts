import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { reporter } from "./report-deploys.ts";
import { VIEWS } from "./views.ts";

describe.runIf(hasBrowser)("comparing", () => {
  let world: BrowserWorld;
  let compare: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    compare = `${world.server.url}/organizations/acme/compare`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const visit = (work: (page: Page) => Promise<void>, options: Parameters<BrowserWorld["visit"]>[0] = {}) =>
    world.visitAs(OWNER, { permissions: ["clipboard-read", "clipboard-write"], ...options }, work);
  const sides = (base: string, head: string) => `${compare}?${new URLSearchParams({ base, head }).toString()}`;

  test("explains how to choose two sides, also without releases", async () => {
    const problems = await visit(async (page) => {
      await page.goto(compare);
      await page.getByText("Choose two releases or environments to compare").waitFor();
      await checkPage(page, "compare-empty");
    });
    expect(problems).toEqual([]);
  });

  describe("releases with commits and deploys", () => {
    let report: ReturnType<typeof reporter>;
    beforeAll(async () => {
      report = reporter(world);
      const { release, deploy } = report;
      await release("web", "web@1.0.0", 2, "2026-01-01T00:00:00Z");
      await release("web", "web@1.1.0", 3, "2026-01-05T00:00:00Z");
      await release("web", "web@1.2.0", 4, "2026-01-09T00:00:00Z");
      await deploy("web@1.0.0", "production", "2026-01-01T10:00:00Z");
      await deploy("web@1.2.0", "staging", "2026-01-09T10:00:00Z");
    });

    test("compares two environments, swaps them by key, and copies Markdown and JSON", async () => {
      const problems = await visit(async (page) => {
        await page.goto(compare);
        await page.getByRole("link", { name: "web: production → staging" }).click();
        await page.getByText(/^New in staging: 7 commits, .* in 2 releases\. Nothing in production is missing from staging\.$/).waitFor();
        const added = page.getByRole("region", { name: "New in staging" });
        expect(await added.locator("summary").allInnerTexts()).toEqual(["Commits 7", "People 1", "Files 7", "Releases 2"]);
        expect(await page.getByRole("region", { name: "Missing from staging" }).count()).toBe(0);
        expect(await page.getByRole("cell", { name: "Grace Hopper" }).isVisible()).toBe(false);
        await page.getByRole("heading", { name: "As reported" }).click();
        const reported = page.getByRole("region", { name: "Commits", exact: true });
        expect(await reported.locator("summary").allInnerTexts()).toEqual(["Only in web@1.2.0 4", "Only in web@1.0.0 2"]);
        expect(
          await page
            .getByRole("region", { name: "People", exact: true })
            .getByRole("row", { name: /Grace Hopper/ })
            .innerText(),
        ).toMatch(/2\s+4/);
        await page.keyboard.press("s");
        await page.waitForURL(/base=env%3Astaging%40web&head=env%3Aproduction%40web/);
        await expect.poll(() => page.locator("input[name=base]").inputValue()).toBe("env:staging@web");
        await page
          .getByText(/^production is behind staging: 7 commits, .* in 2 releases\. Nothing in production is missing from staging\.$/)
          .waitFor();
        await page.getByRole("button", { name: "Copy as Markdown" }).click();
        await page.getByText("Copied the comparison as Markdown.").waitFor();
        const copied = () => page.evaluate(() => navigator.clipboard.readText());
        const markdown = await copied();
        expect(markdown).toMatch(/^## staging of web \(`web@1\.2\.0`\) → production of web \(`web@1\.0\.0`\)\n/);
        expect(markdown).toContain("production is behind staging: 7 commits");
        expect(markdown).toContain("### Missing from production: commits (7)");
        await page.getByRole("button", { name: "Copy as JSON" }).click();
        await page.getByText("Copied the comparison as JSON.").waitFor();
        expect(JSON.parse(await copied())).toMatchObject({
          base: { release: { version: "web@1.2.0" } },
          relation: "behind",
          missing: { releases: { total: 2 }, commits: { total: 7 } },
        });
      });
      expect(problems).toEqual([]);
    });

    test("suggests sides while typing", async () => {
      const problems = await visit(async (page) => {
        await page.goto(compare);
        await page.locator("input[name=base]").click();
        // The suggestions load meanwhile; no letter may get lost.
        await page.keyboard.type("web@1.0", { delay: 20 });
        await page.getByRole("option", { name: "web@1.0.0" }).waitFor();
        expect(await page.locator("input[name=base]").inputValue()).toBe("web@1.0");
        await page.getByRole("option", { name: "web@1.0.0" }).click();
        await page.locator("input[name=head]").fill("stag");
        await page.getByRole("option", { name: "env:staging@web" }).click();
        await page.waitForURL(/base=web%401\.0\.0&head=env%3Astaging%40web/);
        await page.getByText("New in staging: 7 commits").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test("reports a missing side, with similar ones", async () => {
      const problems = await visit(async (page) => {
        await page.goto(sides("web@1.0.1", "web@1.2.0"));
        await page.getByText("No release has this version, or you do not have access to it.").waitFor();
        await checkPage(page, "compare-missing");
        await page.getByRole("link", { name: "web@1.0.0" }).click();
        await page.getByText("New in web@1.2.0: 7 commits").waitFor();
        await page.goto(sides("env:live@web", "web@1.2.0"));
        await page.getByRole("link", { name: "production of web" }).click();
        await page.getByText("New in web@1.2.0: 7 commits").waitFor();
        for (const [base, head] of [
          ["env:production@nobody", "x"],
          ["x".repeat(5000), '"(:'],
          ["env:\0@web", "version:env:a@b"],
        ] as const) {
          const response = await page.goto(sides(base, head));
          expect(response?.status()).toBe(200);
          await page.getByText(/^Not found: /).waitFor();
        }
      });
      expect(problems).toEqual([]);
    });

    test("reports that both sides are the same release", async () => {
      const problems = await visit(async (page) => {
        await page.goto(sides("web@1.0.0", "env:production@web"));
        await page.getByText("Both are the same release.").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test("shows what a hotfix line has, releases without commits, and different packages", async () => {
      const { release, deploy } = report;
      await release("web", "web@1.0.1", 1, "2026-01-10T00:00:00Z");
      await release("web", "web@1.3.0", 0, "2026-01-11T00:00:00Z");
      await release("web", "job@1.0.0", 1, "2026-01-12T00:00:00Z");
      await deploy("web@1.0.1", "canary", "2026-01-12T10:00:00Z");
      const problems = await visit(async (page) => {
        await page.goto(sides("env:canary@web", "web@1.3.0"));
        await page.getByText("Their histories part after web@1.0.0. New in web@1.3.0: 7 commits").waitFor();
        await page.getByText("1 of 3 releases has no commits.").waitFor();
        await page.getByText(/Missing from web@1\.3\.0, but in canary: 1 commit, .* in 1 release\./).waitFor();
        const missing = page.getByRole("region", { name: "Missing from web@1.3.0" });
        expect(await missing.locator("summary").allInnerTexts()).toEqual(["Commits 1", "People 1", "Files 1", "Releases 1"]);
        await checkPage(page, "compare-parted");
        await page.emulateMedia({ colorScheme: "dark" });
        await page.setViewportSize({ width: 390, height: 800 });
        await checkPage(page, "compare-parted-dark-narrow");
        await page.goto(sides("web@1.0.0", "job@1.0.0"));
        await page.getByText("web@1.0.0 and job@1.0.0 are releases of different packages").waitFor();
        await page.getByRole("region", { name: "Commits", exact: true }).waitFor();
        await checkPage(page, "compare-unrelated");
      });
      expect(problems).toEqual([]);
    });

    test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await visit(
        async (page) => {
          await page.goto(sides("env:production@web", "env:staging@web"));
          await checkPage(page, `compare-${colorScheme}-${name}`);
          await page.getByRole("heading", { name: "As reported" }).click();
          await checkPage(page, `compare-reported-${colorScheme}-${name}`);
          await page.goto(compare);
          await checkPage(page, `compare-choose-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });
  });
});
