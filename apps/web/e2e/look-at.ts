import path from "node:path";
import type { Page } from "playwright-core";
import { expect } from "vitest";
import { accessibilityProblems } from "./accessibility-problems.ts";
import { PICTURES } from "./browser-world.ts";

/** Takes a picture of a page, and holds it to what every page must be: as wide as its window, and without anything axe finds. */
export async function lookAt(page: Page, name: string): Promise<void> {
  await page.waitForLoadState("load");
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), fullPage: true });
  // Next replaces the title of a page after an action, so for a moment there is none.
  await page.waitForFunction(() => document.title !== "");
  const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, document.documentElement.clientWidth]);
  expect(content, `${name} is wider than its window`).toBeLessThanOrEqual(window ?? 0);
  expect(await accessibilityProblems(page), name).toEqual([]);
}
