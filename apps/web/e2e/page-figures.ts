import { chromium } from "playwright-core";
import { signIn } from "./browser-world.ts";
import { traceFigures, type TraceFigures } from "./trace-figures.ts";

/** The costs of a page that is opened for the first time. Sizes are transfer sizes in kB, times are milliseconds. */
export type PageFigures = TraceFigures & { readonly path: string };

const CATEGORIES = ["loading", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

/** Opens each page signed in and with an empty cache. Returns the costs from the browser's trace. */
export async function pageFigures(
  executablePath: string,
  url: string,
  who: { readonly email: string; readonly password: string },
  paths: readonly string[],
): Promise<PageFigures[]> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const first = await browser.newContext();
  await signIn(await first.newPage(), url, who);
  const storageState = await first.storageState();
  const figures: PageFigures[] = [];
  for (const path of paths) {
    // A new context has an empty cache.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState });
    const page = await context.newPage();
    // A process that starts with the page is not traced from the beginning.
    await page.goto(`${url}/healthz`);
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(url + path, { waitUntil: "load" });
    await page.evaluate(
      () => new Promise((painted) => new PerformanceObserver(painted).observe({ type: "largest-contentful-paint", buffered: true })),
    );
    const { script, style, font, html, response, largestPaint, blocked } = traceFigures(
      (await browser.stopTracing()).toString("utf8"),
      page.url(),
    );
    await context.close();
    figures.push({
      path,
      script: kB(script),
      style: kB(style),
      font: kB(font),
      html: kB(html),
      response: Math.round(response),
      largestPaint: Math.round(largestPaint),
      blocked: Math.round(blocked),
    });
  }
  await browser.close();
  return figures;
}

const kB = (bytes: number): number => Math.round(bytes / 100) / 10;
