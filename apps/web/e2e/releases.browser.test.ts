import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const LONG = `web@1.0.0-${"very.long.name.".repeat(10)}1`;

describe.runIf(hasBrowser)("the releases", () => {
  let world: BrowserWorld;
  let list: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api", "docs"] });
    list = `${world.server.url}/organizations/acme/releases`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const report = (version: string, more: object = {}) =>
    world.rest("POST", "/organizations/acme/releases/", { version, projects: [version.startsWith("api") ? "api" : "web"], ...more });
  const deploy = (version: string, environment: string) =>
    world.rest("POST", `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`, { environment });

  const rows = (page: Page) => page.locator("tbody tr[data-row]");
  const versions = (page: Page) =>
    page.locator("[data-open] > span").evaluateAll((names) => names.map((name) => name.getAttribute("title")));
  const expectVersions = (page: Page, expected: readonly string[]) => expect.poll(() => versions(page)).toEqual(expected);
  const search = (page: Page) => page.getByRole("combobox", { name: "Search releases" });
  const bar = (page: Page) => page.getByRole("group", { name: "Selection" });
  const expectText = (page: Page, text: string) => expect.poll(() => page.locator("main").innerText()).toContain(text);
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.firstElementChild?.getAttribute("title"));

  /** Runs `work` as the owner at a query of the list, and expects no errors in the browser's console. */
  async function runAt(query: string, work: (page: Page) => Promise<void>, options: object = {}): Promise<void> {
    const problems = await world.visitAs(OWNER, { viewport: { width: 1280, height: 800 }, ...options }, async (page) => {
      await page.goto(list + query);
      await work(page);
    });
    expect(problems).toEqual([]);
  }

  test("shows the lines that report a first release, and the release once it is reported", async () => {
    await runAt("", async (page) => {
      await page.getByText("No releases yet").waitFor();
      expect(await page.getByLabel("A first release with sentry-cli").innerText()).toContain(`export SENTRY_URL=${world.server.url}`);
      await checkPage(page, "releases-none");
      await search(page).fill("half a sea");
      await report("web@1.0.0");
      await rows(page).first().waitFor();
      expect(await search(page).inputValue()).toBe("half a sea");
    });
  });

  describe("with several releases", () => {
    const ALL = ["api@2.0.0", LONG, "web@1.10.0", "nightly", "web@1.9.0+7", "web@1.0.0"];
    beforeAll(async () => {
      const author = (name: string, email: string, at: number) => ({
        id: `${at}`.padStart(40, "c"),
        author_name: name,
        author_email: email,
      });
      await report("web@1.0.0");
      await report("web@1.9.0+7", { dateReleased: "2026-01-02T00:00:00Z" });
      await report("nightly");
      await report("web@1.10.0", {
        projects: ["web", "docs"],
        commits: [author("Grace Hopper", "grace@acme.test", 1), author("renovate[bot]", "renovate@acme.test", 2)],
      });
      await report(LONG, { projects: ["web", "api", "docs"] });
      await report("api@2.0.0");
      await deploy("web@1.9.0+7", "production");
      await deploy("web@1.10.0", "staging");
      await deploy("web@1.10.0", "production");
    });

    describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
      test("has no errors, fits, and is accessible, with menus open too", async () => {
        await runAt(
          "?status=all&environment=production&environment=staging",
          async (page) => {
            await expectVersions(page, ["web@1.10.0", "web@1.9.0+7"]);
            await checkPage(page, `releases-filtered-${colorScheme}-${name}`);
            await page.goto(`${list}?query=colour%3Ared`);
            await page.getByText("Invalid key for this search: colour").waitFor();
            await checkPage(page, `releases-invalid-${colorScheme}-${name}`);
            await page.goto(list);
            await page.locator("[data-row] input[type=checkbox]").first().check();
            await bar(page).waitFor();
            await checkPage(page, `releases-selected-${colorScheme}-${name}`);
            await page.keyboard.press("/");
            await page.getByRole("option").first().waitFor();
            await page.keyboard.press("ArrowDown");
            await checkPage(page, `releases-search-${colorScheme}-${name}`);
            await page.keyboard.press("Escape");
            await page.locator("summary").filter({ hasText: "Project" }).click();
            await checkPage(page, `releases-menu-${colorScheme}-${name}`);
          },
          { colorScheme, viewport },
        );
      });
    });

    test("lists each release in one row with its environments and contributors", async () => {
      await runAt("", async (page) => {
        await expectVersions(page, ALL);
        const line = rows(page).filter({ has: page.locator('[title="web@1.10.0"]') });
        expect(await line.innerText()).toMatch(/web@\s*1\.10\.0\s*semver/);
        expect(await line.getByRole("link", { name: /^current in (staging|production)/ }).count()).toBe(2);
        const before = rows(page).filter({ has: page.locator('[title="web@1.9.0+7"]') });
        expect(await before.getByRole("link", { name: /^production/ }).count()).toBe(1);
        expect(await line.getByTitle("Grace Hopper <grace@acme.test>").count()).toBe(1);
        expect(await line.getByTitle("Bots: renovate[bot]").count()).toBe(1);
        // The longest version wraps.
        const heights = await rows(page)
          .filter({ hasNot: page.locator(`[title="${LONG}"]`) })
          .evaluateAll((all) => new Set(all.map((row) => Math.round(row.getBoundingClientRect().height))).size);
        expect(heights).toBe(1);
      });
    });

    test("searches by keyboard, with completions of keys, values, and filters", async () => {
      await runAt("", async (page) => {
        await page.keyboard.press("/");
        await expect.poll(() => search(page).evaluate((box) => box === document.activeElement)).toBe(true);
        await page.keyboard.type("fin");
        await page.getByRole("option", { name: /^finalized:/ }).waitFor();
        await page.keyboard.press("ArrowDown");
        expect(await search(page).getAttribute("aria-activedescendant")).toBe(
          await page.locator("[role=option][aria-selected=true]").getAttribute("id"),
        );
        await page.keyboard.press("Enter");
        expect(await search(page).inputValue()).toBe("finalized:");
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Tab");
        expect(await search(page).inputValue()).toBe("finalized:true ");
        await page.keyboard.type("release.version:>=1.9");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Enter");
        await expectVersions(page, ["web@1.9.0+7"]);
        expect(new URL(page.url()).searchParams.get("query")).toBe("finalized:true release.version:>=1.9");
        await search(page).fill("");
        await page.keyboard.type("produ");
        await page.getByRole("option", { name: /production/ }).waitFor();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForURL(`${list}?environment=production`);
        expect(await search(page).inputValue()).toBe("");
        await page.goBack();
        await expectVersions(page, ["web@1.9.0+7"]);
        expect(await search(page).inputValue()).toBe("finalized:true release.version:>=1.9");
      });
    });

    test("explains an invalid query, with a valid example", async () => {
      await runAt("", async (page) => {
        await search(page).fill("release.version:newest");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Enter");
        await page.getByText("Invalid format of semantic version").waitFor();
        expect(await search(page).getAttribute("aria-invalid")).toBe("true");
        await expectVersions(page, ALL);
        await page.getByRole("link", { name: "release.version:>=1.2" }).click();
        await expectVersions(page, ["api@2.0.0", "web@1.10.0", "web@1.9.0+7"]);
      });
    });

    test("filters and sorts in the URL, and removes each filter", async () => {
      await runAt("", async (page) => {
        await page.locator("summary").filter({ hasText: "Project" }).click();
        await page.getByLabel("web", { exact: true }).check();
        await page.waitForURL(`${list}?project=web`);
        await page.getByLabel("docs", { exact: true }).check();
        await expect.poll(() => new URL(page.url()).searchParams.getAll("project")).toEqual(["docs", "web"]);
        await page.keyboard.press("Escape");
        await page.getByLabel("Created", { exact: true }).selectOption("24h");
        await page.getByRole("link", { name: "Version" }).click();
        await page.waitForURL(/sort=semver/);
        await expectVersions(page, ["web@1.10.0", "web@1.9.0+7", "web@1.0.0", LONG, "nightly"]);
        await page.getByRole("link", { name: "Remove project web" }).click();
        await expectVersions(page, ["web@1.10.0", LONG]);
        await page.getByLabel("Order").selectOption("build");
        await page.getByText("No releases match").waitFor();
        await page.getByRole("link", { name: "Clear", exact: true }).click();
        await expectVersions(page, ["web@1.9.0+7"]);
        await page.getByLabel("Order").selectOption("date");
        await expectVersions(page, ALL);
      });
    });

    test("counts what the filters hide, and clears them", async () => {
      await runAt("?query=nothing&environment=staging", async (page) => {
        await page.getByText("The search and filters hide 6 releases.").waitFor();
        await page.getByRole("link", { name: "Clear filters" }).click();
        await expectVersions(page, ALL);
      });
      await runAt("?status=archived", (page) => page.getByText("No archived releases").waitFor());
      await runAt("?environment=nowhere", async (page) => {
        await page.getByText("Environment not found: nowhere").waitFor();
        await expectVersions(page, ALL);
      });
    });

    test("moves, selects, archives, and restores by keys", async () => {
      await runAt("", async (page) => {
        await rows(page).first().waitFor();
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await page.keyboard.press("k");
        await expect.poll(() => focused(page)).toBe(LONG);
        await page.keyboard.press("x");
        await page.keyboard.press("j");
        await page.keyboard.press("x");
        await bar(page).getByText("2 selected").waitFor();
        await page.keyboard.press("e");
        await expectVersions(
          page,
          ALL.filter((version) => version !== LONG && version !== "web@1.10.0"),
        );
        expect(await focused(page)).toBe("nightly");
        expect(await bar(page).count()).toBe(0);
        await page.getByRole("button", { name: "Undo" }).click();
        await expectVersions(page, ALL);
        await page.locator('a:has([title="web@1.0.0"])').focus();
        await page.keyboard.press("e");
        await page.getByText("Archived web@1.0.0.").waitFor();
        await page.goto(`${list}?status=archived`);
        await expectVersions(page, ["web@1.0.0"]);
        await page.getByRole("checkbox", { name: "Select all releases on this page" }).check();
        await bar(page).getByRole("button", { name: "Restore" }).click();
        await page.getByText("No archived releases").waitFor();
        await page.goto(list);
        await page.keyboard.press("j");
        await page.keyboard.press("Enter");
        await page.waitForURL(`${list}/api%402.0.0`);
        await page.goBack();
        await expect.poll(() => focused(page)).toBe("api@2.0.0");
        await page.keyboard.press("j");
        await expect.poll(() => focused(page)).toBe(LONG);
      });
    });

    test("selects a range with Shift, keeps it while releases arrive, and compares two", async () => {
      await runAt("", async (page) => {
        const box = (version: string) => page.getByRole("checkbox", { name: `Select ${version}`, exact: true });
        await box("api@2.0.0").click();
        await box("nightly").click({ modifiers: ["Shift"] });
        await bar(page).getByText("4 selected").waitFor();
        expect(await bar(page).getByRole("button", { name: "Compare" }).isDisabled()).toBe(true);
        await page.keyboard.press("Escape");
        await expect.poll(() => bar(page).count()).toBe(0);
        await box("web@1.10.0").click();
        await box("web@1.9.0+7").click();
        await report("api@2.1.0");
        await expectVersions(page, ["api@2.1.0", ...ALL]);
        await bar(page).getByText("2 selected").waitFor();
        await world.rest("DELETE", "/organizations/acme/releases/api%402.1.0/");
        await page.keyboard.press("c");
        await page.waitForURL(/\/compare\?base=web%401\.9\.0%2B7&head=web%401\.10\.0/);
        await page.getByRole("heading", { level: 1 }).waitFor();
      });
    });

    test("saves a view that opens first, removes it, and undoes that", async () => {
      await runAt("?environment=production", async (page) => {
        const views = async (label: string, item: string) => {
          await page.getByRole("button", { name: label }).click();
          await page.getByRole("menuitem", { name: item }).click();
        };
        const dialog = page.getByRole("dialog", { name: "Saved views" });
        await views("Views", "Save or edit views…");
        await dialog.getByLabel("Save current filter as").fill("Live");
        await dialog.getByLabel("Open this page with this view").check();
        await dialog.getByRole("button", { name: "Save" }).click();
        await dialog.waitFor({ state: "detached" });
        await page.goto(list);
        await page.waitForURL(`${list}?environment=production`);
        await views("Live", "Default filter");
        await expectVersions(page, ALL);
        await views("Views", "Save or edit views…");
        await dialog.getByRole("button", { name: "Delete the view Live" }).click();
        await page.getByRole("button", { name: "Undo" }).click();
        await page.getByText("Undone.").waitFor();
        await page.goto(list);
        await page.waitForURL(`${list}?environment=production`);
        await views("Live", "Save or edit views…");
        await dialog.getByRole("button", { name: "Do not use Live as default" }).click();
        await dialog.getByRole("button", { name: "Use Live as default", exact: true }).waitFor();
        await page.goto(list);
        await expectVersions(page, ALL);
      });
    });

    test("searches, filters, archives, and restores without scripts", async () => {
      await runAt(
        "",
        async (page) => {
          await search(page).fill("web@1");
          await page.getByLabel("Status").selectOption("all");
          await page.getByRole("button", { name: "Apply" }).click();
          await expectVersions(page, [LONG, "web@1.10.0", "web@1.9.0+7", "web@1.0.0"]);
          await page.goto(list);
          await page.getByRole("checkbox", { name: "Select nightly" }).check();
          await page.getByRole("button", { name: "Archive" }).click();
          await expectText(page, "Archived nightly.");
          await expectVersions(
            page,
            ALL.filter((version) => version !== "nightly"),
          );
          await page.getByRole("button", { name: "Undo" }).click();
          await expectText(page, "Restored nightly.");
          await page.goto(list);
          await expectVersions(page, ALL);
          await page.getByRole("button", { name: "Compare two" }).click();
          await expectText(page, "Select at least one release.");
        },
        { javaScriptEnabled: false },
      );
    });
  });

  test("finds any of very many projects by typing", async () => {
    for (let number = 1; number <= 100; number++)
      await world.rest("POST", "/teams/acme/acme/projects/", { name: `p-${number}`, slug: `a-project-${number}` });
    await runAt("?status=all", async (page) => {
      await page.locator("summary").filter({ hasText: "Project" }).click();
      await page.getByText("Showing the first 100. Type to search all.").waitFor();
      expect(await page.getByLabel("web", { exact: true }).count()).toBe(0);
      await page.getByLabel("Search: Project").fill("web");
      await page.getByLabel("web", { exact: true }).check();
      await page.waitForURL(/project=web/);
      await page.getByRole("link", { name: "Remove project web" }).waitFor();
    });
  });

  test("pages through a long list, which stays in place while releases arrive", async () => {
    for (let number = 1; number <= 60; number++) await report(`api@3.${number}.0`);
    await runAt("?query=release.version%3A3.*", async (page) => {
      expect(await rows(page).count()).toBe(50);
      expect((await versions(page))[49]).toBe("api@3.11.0");
      await report("api@3.61.0");
      await page.getByRole("link", { name: "Older" }).click();
      await expectVersions(
        page,
        Array.from({ length: 10 }, (_, index) => `api@3.${10 - index}.0`),
      );
      await page.getByRole("link", { name: "Newer" }).click();
      await expect.poll(async () => (await versions(page))[0]).toBe("api@3.60.0");
      await page.getByRole("link", { name: "Newer" }).click();
      await expect.poll(async () => (await versions(page))[0]).toBe("api@3.61.0");
      expect(await page.getByRole("link", { name: "Newer" }).count()).toBe(0);
    });
  });
});
