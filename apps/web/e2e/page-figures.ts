import { chromium } from "playwright-core";
import { signIn } from "./browser-world.ts";
import { traceFigures, type TraceFigures } from "./trace-figures.ts";

/** What a page costs whoever opens it for the first time. Sizes are those on the wire, in kB; times in milliseconds. */
export type PageFigures = TraceFigures & { readonly path: string };

const CATEGORIES = ["loading", "devtools.timeline", "disabled-by-default-devtools.timeline", "blink.user_timing"];

/** Opens each page with an empty cache, signed in, and reads what it cost from the browser's trace. */
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
    // A context of its own has a cache of its own, which is empty.
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, storageState });
    const page = await context.newPage();
    // A process that starts with the page is traced only from some moment on.
    await page.goto(`${url}/healthz`);
    await browser.startTracing(page, { categories: CATEGORIES });
    await page.goto(url + path, { waitUntil: "load" });
    await page.evaluate(
      () => new Promise((painted) => new PerformanceObserver(painted).observe({ type: "largest-contentful-paint", buffered: true })),
    );
    const { script, style, font, html, answer, largestPaint, blocked } = traceFigures(
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
      answer: Math.round(answer),
      largestPaint: Math.round(largestPaint),
      blocked: Math.round(blocked),
    });
  }
  await browser.close();
  return figures;
}

const kB = (bytes: number): number => Math.round(bytes / 100) / 10;
