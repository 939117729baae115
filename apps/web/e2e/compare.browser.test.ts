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
    beforeAll(async () => {
      const { release, deploy } = reporter(world);
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
        await page.getByText("web@1.2.0 is newer: 2 releases and 7 commits after web@1.0.0 in web.").waitFor();
        const between = page.getByRole("region", { name: "Between the two, in web" });
        expect(await between.locator("summary").allInnerTexts()).toEqual(["Releases 2", "Commits 7"]);
        expect(await page.getByRole("region", { name: "Commits of each release" }).locator("summary").allInnerTexts()).toEqual([
          "Only in web@1.2.0 4",
          "Only in web@1.0.0 2",
        ]);
        expect(
          await page
            .getByRole("region", { name: "Contributors" })
            .getByRole("row", { name: /Grace Hopper/ })
            .innerText(),
        ).toMatch(/2\s+4/);
        await page.keyboard.press("s");
        await page.waitForURL(/base=env%3Astaging%40web&head=env%3Aproduction%40web/);
        await expect.poll(() => page.locator("input[name=base]").inputValue()).toBe("env:staging@web");
        await page.getByRole("button", { name: "Copy as Markdown" }).click();
        await page.getByText("Copied the comparison as Markdown.").waitFor();
        const copied = () => page.evaluate(() => navigator.clipboard.readText());
        const markdown = await copied();
        expect(markdown).toMatch(/^## staging of web \(`web@1\.2\.0`\) → production of web \(`web@1\.0\.0`\)\n/);
        expect(markdown).toContain("### Commits of these releases (7)");
        await page.getByRole("button", { name: "Copy as JSON" }).click();
        await page.getByText("Copied the comparison as JSON.").waitFor();
        expect(JSON.parse(await copied())).toMatchObject({
          base: { release: { version: "web@1.2.0" } },
          distance: { newer: "base", releases: 2 },
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
        await page.getByText("web@1.2.0 is newer").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test("reports a missing side, with similar ones", async () => {
      const problems = await visit(async (page) => {
        await page.goto(sides("web@1.0.1", "web@1.2.0"));
        await page.getByText("No release has this version, or you do not have access to it.").waitFor();
        await checkPage(page, "compare-missing");
        await page.getByRole("link", { name: "web@1.0.0" }).click();
        await page.getByText("2 releases and 7 commits after web@1.0.0").waitFor();
        await page.goto(sides("env:live@web", "web@1.2.0"));
        await page.getByRole("link", { name: "production of web" }).click();
        await page.getByText("2 releases and 7 commits after web@1.0.0").waitFor();
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

    test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await visit(
        async (page) => {
          await page.goto(sides("env:production@web", "env:staging@web"));
          await checkPage(page, `compare-${colorScheme}-${name}`);
          await page.goto(compare);
          await checkPage(page, `compare-choose-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });
  });
});
