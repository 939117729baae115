import path from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { PICTURES } from "./browser-world.ts";

/** Takes a screenshot of a page. Expects that the page is not wider than its window and that axe finds no problem. */
export async function checkPage(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("load");
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
  // Next replaces the title of a page after an action, so it is missing for a moment.
  await page.waitForFunction(() => document.title !== "");
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content, `${name} is wider than its window`).toBeLessThanOrEqual(window ?? 0);
  expect(await accessibilityProblems(page), name).toEqual([]);
}
