import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { reporter } from "./report-deploys.ts";
import { VIEWS } from "./views.ts";

describe.runIf(hasBrowser)("the board", () => {
  let world: BrowserWorld;
  let organization: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api", "shop"] });
    organization = `${world.server.url}/organizations/acme`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const visit = (work: (page: Page) => Promise<void>, options: Parameters<BrowserWorld["visit"]>[0] = {}) =>
    world.visitAs(OWNER, options, work);
  /** The text of a row: the project, then each cell. */
  const rowOf = async (page: Page, project: string) =>
    (await page.getByRole("row", { name: new RegExp(`^${project}`) }).innerText()).replaceAll(/\s+/g, " ");
  const columns = async (page: Page) => (await page.getByRole("columnheader").allInnerTexts()).map((text) => text.trim());
  const focused = (page: Page) =>
    page.evaluate(() => document.activeElement?.closest("[data-position]")?.getAttribute("data-position") ?? null);

  test("shows how to report a deploy before the first one", async () => {
    const problems = await visit(async (page) => {
      for (const path of ["/board", "/deploys"]) {
        await page.goto(organization + path);
        await page.getByText("No deploys yet").waitFor();
        expect(await page.locator("main").innerText()).toContain("sentry-cli deploys new --release");
        await checkPage(page, `empty${path.replace("/", "-")}`);
      }
    });
    expect(problems).toEqual([]);
  });

  test("reports an environment that does not exist", async () => {
    const problems = await visit(async (page) => {
      await page.goto(`${organization}/environments/nowhere`);
      await page.getByRole("heading", { name: "Environment not found" }).waitFor();
    });
    expect(problems.filter((text) => !text.includes("404"))).toEqual([]);
  });

  describe("with deploys", () => {
    beforeAll(async () => {
      const { release, deploy } = reporter(world);
      await release("web", "web@1.0.0", 2, "2026-01-01T00:00:00Z");
      await release("web", "web@1.1.0", 3, "2026-01-05T00:00:00Z");
      await release("web", "web@1.2.0", 4, "2026-01-09T00:00:00Z");
      await release("api", "api@7", 1, "2026-01-02T00:00:00Z");
      await release("api", "api@8", 1, "2026-01-03T00:00:00Z");
      await release("shop", "shop@2026.1.1-a-very-long-name-of-a-branch-nobody-will-ever-want-to-read+build.1234567890", 0);
      await deploy("web@1.0.0", "production", "2026-01-01T10:00:00Z");
      await deploy("web@1.1.0", "production", "2026-01-05T10:00:00Z", { name: "Ship it", url: "https://ci.test/7" });
      await deploy("web@1.2.0", "staging", "2026-01-09T10:00:00Z");
      await deploy("api@8", "production", "2026-01-03T10:00:00Z");
      await deploy("api@7", "production", "2026-01-03T11:00:00Z");
      await deploy("api@7", "staging", "2026-01-02T10:00:00Z");
      await deploy(
        "shop@2026.1.1-a-very-long-name-of-a-branch-nobody-will-ever-want-to-read+build.1234567890",
        "qa",
        "2026-01-09T10:00:00Z",
      );
    });

    test("shows current versions, drift, and rollbacks", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/board`);
        expect(await columns(page)).toEqual(["Project", "production", "staging", "qa"]);
        expect(await rowOf(page, "web")).toMatch(/web web@1\.1\.0 .*4 commits, 4 d behind.* web@1\.2\.0 .*–/);
        expect(await rowOf(page, "api")).toMatch(/api api@7 Rolled back .* api@7 .*–/);
        await page.getByLabel("Only drift").check();
        await page.waitForURL(/drift=1/);
        await page.getByRole("row", { name: /^api/ }).waitFor({ state: "detached" });
        await page.keyboard.press("d");
        await page.getByRole("row", { name: /^api/ }).waitFor();
        await page.getByLabel("Filter projects").fill("SHO");
        await page.getByRole("row", { name: /^web/ }).waitFor({ state: "detached" });
        await page.getByRole("row", { name: /^shop/ }).waitFor();
        await page.getByLabel("Filter projects").fill("nobody");
        await page.getByText("No projects match “nobody”").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test("keys move between cells, open the history, and return", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/board`);
        await page.keyboard.press("j");
        expect(await focused(page)).toBe("0 0");
        // From api's production over shop, which has no cell there, to web's.
        await page.keyboard.press("ArrowDown");
        expect(await focused(page)).toBe("2 0");
        await page.keyboard.press("ArrowRight");
        expect(await focused(page)).toBe("2 1");
        await page.keyboard.press("ArrowRight");
        expect(await focused(page)).toBe("2 1");
        await page.keyboard.press("Control+Home");
        expect(await focused(page)).toBe("0 0");
        await page.keyboard.press("Control+End");
        expect(await focused(page)).toBe("2 1");
        await page.keyboard.press("ArrowLeft");
        await page.keyboard.press("Enter");
        const drawer = page.getByRole("dialog", { name: "web in production" });
        await drawer.getByRole("listitem").first().waitFor();
        expect((await drawer.getByRole("listitem").allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
          expect.stringMatching(/web@1\.1\.0 from web@1\.0\.0 took 5 min/),
          expect.stringMatching(/web@1\.0\.0 First took 5 min/),
        ]);
        await checkPage(page, "board-history");
        await page.keyboard.press("Escape");
        await drawer.waitFor({ state: "detached" });
        expect(await focused(page)).toBe("2 0");
        await page.keyboard.press("Enter");
        await page.getByRole("dialog").getByText("production is 4 commits and 4 days behind staging, which has web@1.2.0").waitFor();
        await page.getByRole("link", { name: "Compare with staging" }).click();
        await page.waitForURL(/compare\?base=env%3Aproduction%40web&head=env%3Astaging%40web/);
      });
      expect(problems).toEqual([]);
    });

    test("moves, pins, and removes columns in the URL, and saves them as the default view", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/board`);
        await page.getByRole("button", { name: "Column qa" }).click();
        await page.getByRole("menu").waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("menu").waitFor({ state: "detached" });
        expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Column qa");
        const change = async (column: string, what: string, order: string[]) => {
          await page.getByRole("button", { name: `Column ${column}` }).click();
          await page.getByRole("menuitem", { name: what }).click();
          await expect.poll(() => columns(page)).toEqual(["Project", ...order]);
        };
        await change("qa", "Pin first", ["qa", "production", "staging"]);
        await change("staging", "Move left", ["qa", "staging", "production"]);
        await change("qa", "Unpin", ["staging", "production", "qa"]);
        await change("production", "Pin first", ["production", "staging", "qa"]);
        await change("qa", "Remove column", ["production", "staging"]);
        await page.getByRole("button", { name: "Views" }).click();
        await page.getByRole("menuitem", { name: "Save or edit views…" }).click();
        const dialog = page.getByRole("dialog", { name: "Saved views" });
        await dialog.getByLabel("Save current filter as").fill("Mine");
        await dialog.getByLabel("Open this page with this view").check();
        await checkPage(page, "board-views");
        await dialog.getByRole("button", { name: "Save" }).click();
        await dialog.waitFor({ state: "detached" });
        await page.goto(`${organization}/board`);
        expect(await columns(page)).toEqual(["Project", "production", "staging"]);
        await page.getByRole("button", { name: "Mine" }).click();
        await page.getByRole("menuitem", { name: "Default filter" }).click();
        await expect.poll(() => columns(page)).toEqual(["Project", "production", "staging", "qa"]);
        await page.getByRole("button", { name: "Views" }).click();
        await page.getByRole("menuitem", { name: "Save or edit views…" }).click();
        await dialog.getByRole("button", { name: "Delete the view Mine" }).click();
        await page.getByText('View "Mine" deleted.').waitFor();
        await page.goto(`${organization}/board`);
        expect(await columns(page)).toEqual(["Project", "production", "staging", "qa"]);
      });
      expect(problems).toEqual([]);
    });

    test("hides an environment for a project, and undoes it", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/board`);
        await page.getByRole("row", { name: /^shop/ }).locator("[data-cell]").click();
        await page.getByRole("button", { name: "Hide for shop" }).click();
        await expect.poll(() => columns(page)).toEqual(["Project", "production", "staging"]);
        await page.getByRole("button", { name: "Undo" }).click();
        await expect.poll(() => columns(page)).toEqual(["Project", "production", "staging", "qa"]);
      });
      expect(problems).toEqual([]);
    });

    test("shows what exists for an invalid URL", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/board?environment=staging&environment=gone&cursor=x`);
        await page.getByText("these are the default columns").waitFor();
        for (const query of ["cursor=x", "project=gone", "environment=gone", "range=dates&from=2026-02-31", "cursor=1:1:1:1"]) {
          const response = await page.goto(`${organization}/deploys?${query}`);
          expect([query, response?.status()]).toEqual([query, 200]);
        }
        await page.goto(`${organization}/environments/qa?project=web&cursor=x`);
        await page.getByText("web has not been deployed to “qa”").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test("an environment shows its current versions and history, with filters", async () => {
      const problems = await visit(async (page) => {
        await page.goto(`${organization}/environments/production`);
        const now = page.getByRole("region", { name: "Current versions" });
        expect((await now.getByRole("listitem").allInnerTexts()).map((text) => text.replaceAll(/\s+/g, " "))).toEqual([
          expect.stringMatching(/^api api@7 Rolled back/),
          expect.stringMatching(/^web web@1\.1\.0/),
        ]);
        const rows = async () => (await page.getByRole("row").allInnerTexts()).slice(1).map((text) => text.replaceAll(/\s+/g, " "));
        expect(await rows()).toEqual([
          expect.stringMatching(/^web web@1\.0\.0 → web@1\.1\.0 .* 5 min .* Ship it$/),
          expect.stringMatching(/^api api@8 → api@7 Rolled back .* 5 min 55 min/),
          expect.stringMatching(/^api api@8 First/),
          expect.stringMatching(/^web web@1\.0\.0 First/),
        ]);
        const timeline = page.getByRole("figure", { name: "Versions over time" });
        const versions = timeline.getByRole("link");
        expect(await versions.evaluateAll((all) => all.map((link) => link.getAttribute("aria-label")))).toEqual([
          expect.stringMatching(/^api@8: rolled back after 1 h$/),
          expect.stringMatching(/^api@7: current for/),
          expect.stringMatching(/^web@1\.0\.0: was current for 4 d$/),
          expect.stringMatching(/^web@1\.1\.0: current for/),
        ]);
        expect(await timeline.getByRole("list", { name: "Legend" }).getByRole("listitem").allInnerTexts()).toEqual([
          "current",
          "replaced",
          "rolled back",
        ]);
        const tip = timeline.getByText("was current for 4 d");
        expect(await tip.isVisible()).toBe(false);
        await versions.nth(2).focus();
        await tip.waitFor();
        await versions.nth(2).blur();
        await tip.waitFor({ state: "hidden" });
        await versions.nth(2).hover();
        await tip.waitFor();
        await page.getByRole("combobox", { name: "Project" }).selectOption("api");
        await page.waitForURL(/project=api/);
        await expect.poll(async () => (await rows()).length).toBe(2);
        await page.goto(`${organization}/deploys`);
        expect(await rows()).toHaveLength(7);
        await page.getByRole("combobox", { name: "Environment" }).selectOption("staging");
        await expect.poll(async () => (await rows()).length).toBe(2);
        await page.getByRole("combobox", { name: "Time" }).selectOption("dates");
        await page.getByLabel("First day (UTC)").fill("2026-01-09");
        await page.getByRole("button", { name: "Apply" }).click();
        await expect.poll(rows).toEqual([expect.stringMatching(/^web web@1\.2\.0 First/)]);
      });
      expect(problems).toEqual([]);
    });

    test("shows a new deploy without a reload", async () => {
      const problems = await visit(async (page) => {
        const opened = page.waitForResponse((response) => response.url().includes("/api/events"));
        await page.goto(`${organization}/board`);
        await opened;
        await reporter(world).deploy("web@1.2.0", "qa", "2026-01-08T10:00:00Z");
        await expect.poll(() => rowOf(page, "web")).toMatch(/web web@1\.1\.0 .* web@1\.2\.0 .* web@1\.2\.0/);
      });
      expect(problems).toEqual([]);
    });

    test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await visit(
        async (page) => {
          for (const path of ["/board", "/environments/production", "/deploys", "/deploys?range=dates"]) {
            await page.goto(organization + path);
            await checkPage(page, `${path.replaceAll(/\W+/g, "-").slice(1)}-${colorScheme}-${name}`);
          }
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });
  });
});
