import type { Browser } from "playwright-core";

/** An error as an SDK would report it: its stack, and the debug ids of the scripts it names. */
export type Thrown = { readonly stack: string; readonly debugIds: Readonly<Record<string, string>> };

/** Opens the page of a shop, presses its button, and answers the error that is thrown then. */
export async function throwInShop(browser: Browser, url: string): Promise<Thrown> {
  const page = await browser.newPage();
  try {
    await page.goto(url);
    const thrown = page.waitForEvent("pageerror");
    await page.click("#pay");
    const { stack = "" } = await thrown;
    // What plugins inject: by the stack of an error made in a script, the debug id of that script.
    const marks: Record<string, string> = await page.evaluate("globalThis._sentryDebugIds ?? {}");
    return {
      stack,
      debugIds: Object.fromEntries(
        Object.entries(marks).flatMap(([mark, debugId]) =>
          scriptsIn(mark)
            .slice(0, 1)
            .map((script) => [script, debugId]),
        ),
      ),
    };
  } finally {
    await page.close();
  }
}

const scriptsIn = (stack: string): string[] => [...stack.matchAll(/(https?:\/\/\S+?):\d+:\d+/g)].flatMap(([, script]) => script ?? []);
