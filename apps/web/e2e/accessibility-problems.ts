import axe from "axe-core";
import type { Page } from "playwright-core";

/** What axe finds, one line each. It is run through the debugger, which the page's policy for scripts does not stop. */
export async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map((node) => node.html).join(" ")}`);
  });
}
