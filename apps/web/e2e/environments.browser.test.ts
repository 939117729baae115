import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { reporter } from "./report-deploys.ts";
import { VIEWS } from "./views.ts";

describe.runIf(hasBrowser)("the order of environments", () => {
  let world: BrowserWorld;
  let organization: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    organization = `${world.server.url}/organizations/acme`;
    const { release, deploy } = reporter(world);
    await release("web", "web@1.0.0", 2, "2026-01-01T00:00:00Z");
    await release("web", "web@1.1.0", 1, "2026-01-02T00:00:00Z");
    await deploy("web@1.0.0", "production", "2026-01-03T00:00:00Z");
    for (const environment of ["qa", "staging", "dev"]) await deploy("web@1.1.0", environment, "2026-01-02T00:00:00Z");
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const orderIn = async (page: Page) =>
    (await page.locator("section[aria-labelledby=order] li").allInnerTexts()).map((text) => text.trim());
  const columns = async (page: Page, path: string) => {
    await page.goto(organization + path);
    return (await page.getByRole("columnheader").allInnerTexts()).map((text) => text.trim()).slice(1);
  };

  test("is set with buttons, keys, and by dragging, is undone, and is used on the board and the home page", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      expect(await columns(page, "/board")).toEqual(["production", "staging", "qa", "dev"]);
      await page.goto(`${organization}/settings/environments`);
      expect(await orderIn(page)).toEqual(["production", "staging", "qa", "dev"]);
      await page.getByRole("button", { name: "Move qa up" }).click();
      await expect.poll(() => orderIn(page)).toEqual(["production", "qa", "staging", "dev"]);
      await page.getByText("Moved qa.").waitFor();
      await page.getByRole("button", { name: "Move dev up" }).focus();
      await page.keyboard.press("Alt+ArrowUp");
      await expect.poll(() => orderIn(page)).toEqual(["production", "qa", "dev", "staging"]);
      await page.getByText("Moved dev.").waitFor();
      await page.locator("li", { hasText: "staging" }).dragTo(page.locator("li", { hasText: "production" }));
      await page.getByText("Moved staging.").waitFor();
      const order = ["staging", "production", "qa", "dev"];
      await expect.poll(() => orderIn(page)).toEqual(order);
      expect(await columns(page, "/board")).toEqual(order);
      expect(await columns(page, "")).toEqual(order);
      await page.goto(`${organization}/settings/environments`);
      await page.getByRole("button", { name: "Use the default order" }).click();
      await expect.poll(() => orderIn(page)).toEqual(["production", "staging", "qa", "dev"]);
      await page.getByRole("button", { name: "Undo" }).click();
      await expect.poll(() => orderIn(page)).toEqual(order);
    });
    expect(problems).toEqual([]);
  });

  test("the timeline of an environment is in the menu and in the palette", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(organization);
      await page.getByRole("navigation", { name: "Organization" }).getByRole("link", { name: "Environments" }).click();
      await page.waitForURL(`${organization}/environments`);
      await page.getByRole("link", { name: "qa" }).click();
      await page.waitForURL(`${organization}/environments/qa`);
      await page.getByRole("navigation", { name: "Environments" }).getByRole("link", { name: "dev" }).click();
      await page.waitForURL(`${organization}/environments/dev`);
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").getByRole("combobox").fill("environm");
      await page.getByRole("option", { name: /Go to Environments/ }).click();
      await page.waitForURL(`${organization}/environments`);
    });
    expect(problems).toEqual([]);
  });

  test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
      for (const path of ["/environments", "/environments/production", "/settings/environments"]) {
        await page.goto(organization + path);
        await checkPage(page, `order${path.replaceAll("/", "-")}-${colorScheme}-${name}`);
      }
    });
    expect(problems).toEqual([]);
  });
});
