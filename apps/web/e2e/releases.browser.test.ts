import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { lookAt } from "./look-at.ts";
import { VIEWS } from "./views.ts";

const LONG = `web@1.0.0-${"very.long.name.".repeat(10)}1`;

/** The list of releases, as the people who cut releases use it all day. */
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
  const versions = (page: Page) => page.locator("[data-open]").evaluateAll((links) => links.map((link) => link.getAttribute("title")));
  const expectShown = (page: Page, wanted: readonly string[]) => expect.poll(() => versions(page)).toEqual(wanted);
  const search = (page: Page) => page.getByRole("combobox", { name: "Search releases" });
  const bar = (page: Page) => page.getByRole("group", { name: "Selection" });
  const expectSaid = (page: Page, text: string) => expect.poll(() => page.locator("main").innerText()).toContain(text);
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.getAttribute("title"));

  /** As the owner, at a part of the list's address. Nothing may be complained about. */
  async function runAt(query: string, work: (page: Page) => Promise<void>, options: object = {}): Promise<void> {
    const said = await world.visitAs(OWNER, { viewport: { width: 1280, height: 800 }, ...options }, async (page) => {
      await page.goto(list + query);
      await work(page);
    });
    expect(said).toEqual([]);
  }

  test("before the first one the page says so, with the lines that report one, and shows it when it is there", async () => {
    await runAt("", async (page) => {
      await page.getByText("Nothing was reported yet").waitFor();
      expect(await page.getByLabel("A first release with sentry-cli").innerText()).toContain(`export SENTRY_URL=${world.server.url}`);
      await lookAt(page, "releases-none");
      await search(page).fill("half a sea");
      await report("web@1.0.0");
      await rows(page).first().waitFor();
      expect(await search(page).inputValue()).toBe("half a sea");
    });
  });

  describe("of which there are several", () => {
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
      test("the page has no errors, fits, and is accessible, also with all of it open", async () => {
        await runAt(
          "?status=all&environment=production&environment=staging",
          async (page) => {
            await expectShown(page, ["web@1.10.0", "web@1.9.0+7"]);
            await lookAt(page, `releases-filtered-${colorScheme}-${name}`);
            await page.goto(`${list}?query=colour%3Ared`);
            await page.getByText("Invalid key for this search: colour").waitFor();
            await lookAt(page, `releases-refused-${colorScheme}-${name}`);
            await page.goto(list);
            await page.locator("[data-row] input[type=checkbox]").first().check();
            await bar(page).waitFor();
            await lookAt(page, `releases-selected-${colorScheme}-${name}`);
            await page.keyboard.press("/");
            await page.getByRole("option").first().waitFor();
            await page.keyboard.press("ArrowDown");
            await lookAt(page, `releases-search-${colorScheme}-${name}`);
            await page.keyboard.press("Escape");
            await page.locator("summary").filter({ hasText: "Project" }).click();
            await lookAt(page, `releases-menu-${colorScheme}-${name}`);
          },
          { colorScheme, viewport },
        );
      });
    });

    test("each is one line with all its environments, and who wrote it", async () => {
      await runAt("", async (page) => {
        await expectShown(page, ALL);
        const line = rows(page).filter({ has: page.locator('[title="web@1.10.0"]') });
        expect(await line.innerText()).toMatch(/web@\s*1\.10\.0\s*semver/);
        expect(await line.getByRole("link", { name: /^now in (staging|production)/ }).count()).toBe(2);
        const before = rows(page).filter({ has: page.locator('[title="web@1.9.0+7"]') });
        expect(await before.getByRole("link", { name: /^production/ }).count()).toBe(1);
        expect(await line.getByTitle("Grace Hopper <grace@acme.test>").count()).toBe(1);
        expect(await line.getByTitle("Programs: renovate[bot]").count()).toBe(1);
        const heights = await rows(page).evaluateAll(
          (all) => new Set(all.map((row) => Math.round(row.getBoundingClientRect().height))).size,
        );
        expect(heights).toBe(1);
      });
    });

    test("are searched by keyboard: keys and values are offered, a filter may be meant, and Enter finds", async () => {
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
        await expectShown(page, ["web@1.9.0+7"]);
        expect(new URL(page.url()).searchParams.get("query")).toBe("finalized:true release.version:>=1.9");
        await search(page).fill("");
        await page.keyboard.type("produ");
        await page.getByRole("option", { name: /production/ }).waitFor();
        await page.keyboard.press("ArrowDown");
        await page.keyboard.press("Enter");
        await page.waitForURL(`${list}?environment=production`);
        expect(await search(page).inputValue()).toBe("");
        await page.goBack();
        await expectShown(page, ["web@1.9.0+7"]);
        expect(await search(page).inputValue()).toBe("finalized:true release.version:>=1.9");
      });
    });

    test("a search that is none is explained below the box, with one that is right", async () => {
      await runAt("", async (page) => {
        await search(page).fill("release.version:newest");
        await page.keyboard.press("Escape");
        await page.keyboard.press("Enter");
        await page.getByText("Invalid format of semantic version").waitFor();
        expect(await search(page).getAttribute("aria-invalid")).toBe("true");
        await expectShown(page, ALL);
        await page.getByRole("link", { name: "release.version:>=1.2" }).click();
        await expectShown(page, ["api@2.0.0", "web@1.10.0", "web@1.9.0+7"]);
      });
    });

    test("are narrowed and sorted, all of it in the address, and each filter can be taken off", async () => {
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
        await expectShown(page, ["web@1.10.0", "web@1.9.0+7", "web@1.0.0", LONG, "nightly"]);
        await page.getByRole("link", { name: "Take off project web" }).click();
        await expectShown(page, ["web@1.10.0", LONG]);
        await page.getByLabel("Order").selectOption("build");
        await page.getByText("No release is like that").waitFor();
        await page.getByRole("link", { name: "Clear", exact: true }).click();
        await expectShown(page, ["web@1.9.0+7"]);
        await page.getByLabel("Order").selectOption("date");
        await expectShown(page, ALL);
      });
    });

    test("what the filters hide is counted, and they can be cleared", async () => {
      await runAt("?query=nothing&environment=staging", async (page) => {
        await page.getByText("The search and the filters hide 6 releases.").waitFor();
        await page.getByRole("link", { name: "Clear the filters" }).click();
        await expectShown(page, ALL);
      });
      await runAt("?status=archived", (page) => page.getByText("Nothing is archived").waitFor());
      await runAt("?environment=nowhere", async (page) => {
        await page.getByText("Nothing was ever deployed to an environment of this name: nowhere").waitFor();
        await expectShown(page, ALL);
      });
    });

    test("are walked, selected, archived and brought back by keys", async () => {
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
        await expectShown(
          page,
          ALL.filter((version) => version !== LONG && version !== "web@1.10.0"),
        );
        expect(await focused(page)).toBe("nightly");
        expect(await bar(page).count()).toBe(0);
        await page.getByRole("button", { name: "Undo" }).click();
        await expectShown(page, ALL);
        await page.locator('[title="web@1.0.0"]').focus();
        await page.keyboard.press("e");
        await page.getByText("Archived web@1.0.0.").waitFor();
        await page.goto(`${list}?status=archived`);
        await expectShown(page, ["web@1.0.0"]);
        await page.getByRole("checkbox", { name: "Select every release on this page" }).check();
        await bar(page).getByRole("button", { name: "Open again" }).click();
        await page.getByText("Nothing is archived").waitFor();
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

    test("a range is selected with Shift, stays selected while others arrive, and two are compared", async () => {
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
        await expectShown(page, ["api@2.1.0", ...ALL]);
        await bar(page).getByText("2 selected").waitFor();
        await world.rest("DELETE", "/organizations/acme/releases/api%402.1.0/");
        await page.keyboard.press("c");
        await page.waitForURL(/\/compare\?base=web%401\.9\.0%2B7&head=web%401\.10\.0/);
        await page.getByRole("heading", { level: 1 }).waitFor();
      });
    });

    test("a view is saved, opens first, and is removed and brought back", async () => {
      await runAt("?environment=production", async (page) => {
        await page.getByText("Save this view…").click();
        await page.getByRole("textbox", { name: "Name" }).fill("Live");
        await page.getByLabel("Open Releases with it").check();
        await page.getByRole("button", { name: "Save", exact: true }).click();
        await page.getByText("Releases opens with “Live” now.").waitFor();
        const views = page.getByRole("navigation", { name: "Views of the list" });
        expect(await views.locator("[aria-current=page]").innerText()).toContain("Live");
        await page.goto(list);
        await page.waitForURL(`${list}?environment=production`);
        await views.getByRole("link", { name: "All open" }).click();
        await expectShown(page, ALL);
        await views.getByRole("link", { name: /^Live/ }).click();
        await page.getByRole("button", { name: "Do not open first" }).click();
        await page.getByRole("button", { name: "Open Releases with it" }).waitFor();
        await page.goto(list);
        await expectShown(page, ALL);
        await views.getByRole("link", { name: "Live" }).click();
        await page.getByRole("button", { name: "Remove this view" }).click();
        await views.getByRole("link", { name: "Live" }).waitFor({ state: "detached" });
        await page.getByRole("button", { name: "Undo" }).click();
        await views.getByRole("link", { name: "Live" }).waitFor();
      });
    });

    test("without scripts they are searched, filtered, archived and brought back as well", async () => {
      await runAt(
        "",
        async (page) => {
          await search(page).fill("web@1");
          await page.getByLabel("Status").selectOption("all");
          await page.getByRole("button", { name: "Show" }).click();
          await expectShown(page, [LONG, "web@1.10.0", "web@1.9.0+7", "web@1.0.0"]);
          await page.goto(list);
          await page.getByRole("checkbox", { name: "Select nightly" }).check();
          await page.getByRole("button", { name: "Archive" }).click();
          await expectSaid(page, "Archived nightly.");
          await expectShown(
            page,
            ALL.filter((version) => version !== "nightly"),
          );
          await page.getByRole("button", { name: "Undo" }).click();
          await expectSaid(page, "Opened nightly again.");
          await page.goto(list);
          await expectShown(page, ALL);
          await page.getByRole("button", { name: "Compare two" }).click();
          await expectSaid(page, "Select some releases first.");
        },
        { javaScriptEnabled: false },
      );
    });
  });

  test("of very many projects any is found by typing", async () => {
    for (let number = 1; number <= 100; number++)
      await world.rest("POST", "/teams/acme/acme/projects/", { name: `p-${number}`, slug: `a-project-${number}` });
    await runAt("?status=all", async (page) => {
      await page.locator("summary").filter({ hasText: "Project" }).click();
      await page.getByText("The first 100 of them. Type to find others.").waitFor();
      expect(await page.getByLabel("web", { exact: true }).count()).toBe(0);
      await page.getByLabel("Narrow down: Project").fill("web");
      await page.getByLabel("web", { exact: true }).check();
      await page.waitForURL(/project=web/);
      await page.getByRole("link", { name: "Take off project web" }).waitFor();
    });
  });

  test("more than a page of them are paged, and those that arrive meanwhile move none", async () => {
    for (let number = 1; number <= 60; number++) await report(`api@3.${number}.0`);
    await runAt("?query=release.version%3A3.*", async (page) => {
      expect(await rows(page).count()).toBe(50);
      expect((await versions(page))[49]).toBe("api@3.11.0");
      await report("api@3.61.0");
      await page.getByRole("link", { name: "Older" }).click();
      await expectShown(
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
