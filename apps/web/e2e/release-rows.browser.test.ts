import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const LONG = `web@1.0.0-${"very.long.name.".repeat(10)}1`;

/** Five people and a bot. */
const AUTHORS = ["Grace Hopper", "Ada Lovelace", "Alan Turing", "Barbara Liskov", "Edsger Dijkstra", "renovate[bot]"];

/** From wide to narrow and around each width at which the columns change. */
const WIDTHS = [390, 640, 641, 768, 769, 860, 960, 961, 1024, 1152, 1264, 1265, 1280, 1376, 1377, 1440, 1520, 1521, 1920];

describe.runIf(hasBrowser)("the rows of the releases", () => {
  const ALL = ["api@2.0.0", LONG, "web@1.10.0"];
  let world: BrowserWorld;
  let list: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api", "docs"] });
    list = `${world.server.url}/organizations/acme/releases`;
    const report = (version: string, more: object) => world.rest("POST", "/organizations/acme/releases/", { version, ...more });
    const commits = AUTHORS.map((name, at) => ({
      id: `${at}`.padStart(40, "c"),
      author_name: name,
      author_email: `${name.slice(0, 4).trim()}@acme.test`,
    }));
    await report("web@1.10.0", { projects: ["web", "docs"], commits, dateReleased: "2026-01-02T00:00:00Z" });
    await report(LONG, { projects: ["web", "api", "docs"] });
    await report("api@2.0.0", { projects: ["api"] });
    for (const environment of ["development", "performance-test", "staging", "production"])
      await world.rest("POST", "/organizations/acme/releases/web%401.10.0/deploys/", { environment });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const rows = (page: Page) => page.locator("tbody tr[data-row]");
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.firstElementChild?.getAttribute("title"));

  /** Runs `work` as the owner at the list, and expects no errors in the browser's console. */
  async function runAt(work: (page: Page) => Promise<void>, options: object = {}): Promise<void> {
    const problems = await world.visitAs(OWNER, { viewport: { width: 1280, height: 800 }, ...options }, async (page) => {
      await page.goto(list);
      await expect.poll(() => rows(page).count()).toBe(ALL.length);
      await work(page);
    });
    expect(problems).toEqual([]);
  }

  test("shows every version in full at every width", async () => {
    await runAt(async (page) => {
      for (const width of WIDTHS) {
        await page.setViewportSize({ width, height: 800 });
        const tooWide = await page.locator("table, [data-open], [data-open] > span, [data-open] > span > bdi").evaluateAll((all) =>
          all.flatMap((one) => {
            const frame = one.closest("div");
            const isCut = one.scrollWidth > one.clientWidth && one.clientWidth > 0;
            const isOutside = frame !== null && one.getBoundingClientRect().right > frame.getBoundingClientRect().right + 1;
            return isCut || isOutside ? [`${one.tagName} ${one.textContent.slice(0, 40)}`] : [];
          }),
        );
        expect(tooWide, `at ${width} pixels`).toEqual([]);
      }
      const name = page.locator('[data-open] [title="web@1.10.0"]');
      await page.setViewportSize({ width: 1280, height: 800 });
      const line = rows(page).filter({ has: name });
      const heightOf = async (locator: typeof line) => (await locator.boundingBox())?.height ?? 0;
      expect(await heightOf(name), "a usual version is in one line").toBeLessThan(24);
    });
  });

  test("groups releases by day, with headings that stay visible", async () => {
    await runAt(
      async (page) => {
        const heading = page.getByRole("rowheader", { name: "Today" });
        await heading.waitFor();
        await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
        const table = await page.locator("tbody").boundingBox();
        expect(table?.y).toBeLessThan(0);
        await expect.poll(async () => (await heading.boundingBox())?.y).toBe(0);
        await page.goto(`${list}?sort=semver`);
        await rows(page).first().waitFor();
        expect(await heading.count()).toBe(0);
      },
      { viewport: { width: 1280, height: 240 } },
    );
  });

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test("previews releases with Space, and returns the focus to the row of the last one", async () => {
      await runAt(
        async (page) => {
          await rows(page).first().waitFor();
          await page.waitForLoadState("networkidle");
          await page.keyboard.press("j");
          await page.keyboard.press("Space");
          const drawer = (version: string) => page.getByRole("dialog", { name: version });
          await drawer("api@2.0.0").getByText("Not deployed yet").waitFor();
          await page.keyboard.press("j");
          await drawer(LONG).getByText("Not deployed yet").waitFor();
          await page.keyboard.press("ArrowDown");
          await drawer("web@1.10.0").getByRole("link", { name: "current in production" }).waitFor();
          await checkPage(page, `releases-preview-${colorScheme}-${name}`);
          await page.keyboard.press("k");
          await page.keyboard.press("ArrowUp");
          await page.keyboard.press("k");
          await drawer("api@2.0.0").getByText("Not deployed yet").waitFor();
          await page.keyboard.press("j");
          await page.keyboard.press("j");
          await drawer("web@1.10.0").getByRole("link", { name: "Open" }).waitFor();
          await page.keyboard.press("Escape");
          await expect.poll(() => page.getByRole("dialog").count()).toBe(0);
          await expect.poll(() => focused(page)).toBe("web@1.10.0");
          await page.locator("[data-row] input[type=checkbox]").first().focus();
          await page.keyboard.press("Space");
          await page.getByRole("group", { name: "Selection" }).getByText("1 selected").waitFor();
          expect(await page.getByRole("dialog").count()).toBe(0);
        },
        { colorScheme, viewport },
      );
    });
  });
});
