import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";

/** Common tasks without a mouse, from signing in to a comparison. */
describe.runIf(hasBrowser)("by keyboard alone", () => {
  let world: BrowserWorld;
  let acme: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    acme = `${world.server.url}/organizations/acme`;
    for (const [index, version] of ["web@1.0.0", "web@1.1.0", "web@1.2.0"].entries()) {
      const commits = [
        { id: `${index + 1}`.repeat(40), message: `feat: thing ${index}`, author_name: "Eva", author_email: "eva@acme.test" },
      ];
      await world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"], commits });
    }
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const focused = (page: Page) =>
    page.evaluate(() => {
      const element = document.activeElement;
      return element?.getAttribute("title") ?? element?.getAttribute("aria-label") ?? element?.textContent ?? "";
    });
  const press = async (page: Page, ...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key);
  };
  /** Presses keys until they have an effect, since a page reacts to keys only when its scripts run. */
  const pressUntil = async (page: Page, keys: readonly string[], condition: () => Promise<boolean>) => {
    const pressed = async () => {
      await press(page, ...keys);
      return condition();
    };
    await expect.poll(pressed, { timeout: 20_000, interval: 500 }).toBe(true);
  };
  /** Whether the focused element has a visible outline. */
  const hasOutline = (page: Page) =>
    page.evaluate(() => {
      const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement ?? document.body);
      return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 1;
    });

  test("signs in, finds a release, edits it, archives another, and compares", async () => {
    const problems = await world.visit({ viewport: { width: 1280, height: 800 } }, async (page) => {
      await page.goto(`${world.server.url}/sign-in`);
      await page.waitForLoadState("networkidle");
      while ((await page.evaluate(() => document.activeElement?.getAttribute("name"))) !== "email") await press(page, "Tab");
      await page.keyboard.type(OWNER.email);
      await press(page, "Tab");
      await page.keyboard.type(OWNER.password);
      await press(page, "Enter");
      await page.waitForURL(acme);
      await page.waitForLoadState("networkidle");

      await pressUntil(page, ["g", "r"], async () => page.url() === `${acme}/releases`);
      await page.locator("[data-row]").first().waitFor();
      await press(page, "j", "j");
      expect([await focused(page), await hasOutline(page)]).toEqual(["web@1.1.0", true]);
      await press(page, "Enter");
      await page.waitForURL(`${acme}/releases/web%401.1.0`);
      await page.getByRole("heading", { level: 1, name: "1.1.0" }).waitFor();

      await press(page, "e");
      await page.getByRole("dialog", { name: "Edit release" }).waitFor();
      await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "ref");
      await page.keyboard.type("v1.1.0");
      await press(page, "Enter");
      await page.getByText("Saved.").waitFor();
      await page.waitForFunction(() => document.activeElement?.textContent === "Actions");
      expect(await hasOutline(page)).toBe(true);

      await press(page, "7");
      await page.waitForURL(`${acme}/releases/web%401.1.0/notes`);
      await press(page, "]");
      await page.waitForURL(`${acme}/releases/web%401.2.0/notes`);
      await page.getByRole("heading", { level: 1, name: "1.2.0" }).waitFor();
      await press(page, "c");
      await page.waitForURL(/\/compare\?base=web%401\.1\.0&head=web%401\.2\.0/);
      await page.getByText("thing 2").first().waitFor();

      await press(page, "g", "r");
      await page.waitForURL(`${acme}/releases`);
      await page.locator("[data-row]").first().waitFor();
      await press(page, "k");
      await press(page, "x", "e");
      await page.getByText("Archived web@1.0.0.").waitFor();
      await press(page, "?");
      const keys = page.getByRole("dialog", { name: "Keyboard shortcuts" });
      await keys.waitFor();
      const groups = await keys.getByRole("heading", { level: 3 }).allTextContents();
      expect(groups).toEqual([...new Set(groups)]);
      await press(page, "Escape");
      await keys.waitFor({ state: "detached" });
    });
    expect(problems).toEqual([]);
  });

  test("buttons of the sidebar open the palette, which finds settings, and the list of shortcuts", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(acme);
      await page.getByRole("button", { name: "Search…" }).click();
      await page.getByRole("dialog").getByRole("combobox").fill("settings tok");
      await page.getByRole("option", { name: "Settings: Tokens" }).click();
      await page.waitForURL(`${acme}/settings/tokens`);
      await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
      await page.getByRole("dialog", { name: "Keyboard shortcuts" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("Keyboard shortcuts");
    });
    expect(problems).toEqual([]);
  });

  test("a phone shows no keys, and the current page in the navigation", async () => {
    const phone = { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true };
    const problems = await world.visitAs(OWNER, phone, async (page) => {
      const isInView = (navigation: string) =>
        page.getByRole("navigation", { name: navigation, exact: true }).evaluate((nav) => {
          const { left, right } = nav.querySelector("[aria-current]")?.getBoundingClientRect() ?? { left: -1, right: -1 };
          return left >= 0 && right <= window.innerWidth;
        });
      for (const path of ["", "/releases", "/board", "/search", "/settings", "/releases/web%401.1.0/json"]) {
        await page.goto(acme + path);
        await expect.poll(() => isInView("Organization"), { message: path }).toBe(true);
        expect(await page.locator("kbd:visible, .keyboard-only:visible").count(), path).toBe(0);
      }
      await expect.poll(() => isInView("Release")).toBe(true);
    });
    expect(problems).toEqual([]);
    const desktop = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${acme}/search`);
      await page.getByText("Press / to search from any page.").waitFor();
    });
    expect(desktop).toEqual([]);
  });
});
