import axe from "axe-core";
import type { Page } from "playwright-core";

/** Returns the problems that axe finds, one per line. It runs through the debugger, since the page's content security policy blocks scripts. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map((node) => node.html).join(" ")}`);
  });
}
