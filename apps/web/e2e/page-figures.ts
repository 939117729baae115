import { chromium } from "playwright-core";
import { signIn } from "./browser-world.ts";

/** What a page costs whoever opens it for the first time. Sizes are those on the wire, in kB; times in milliseconds. */
export type PageFigures = {
  readonly path: string;
  readonly script: number;
  readonly style: number;
  readonly html: number;
  /** From asking to the first byte of the page. */
  readonly answer: number;
  /** When the largest part of what is seen was painted. */
  readonly largestPaint: number;
};

/** Opens each page with an empty cache, signed in, and measures it. */
export async function pageFigures(
  executablePath: string,
  url: string,
  who: { readonly email: string; readonly password: string },
  paths: readonly string[],
): Promise<PageFigures[]> {
  const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
  const first = await context.newPage();
  await signIn(first, url, who);
  const figures: PageFigures[] = [];
  for (const path of paths) {
    const page = await context.newPage();
    const client = await context.newCDPSession(page);
    await client.send("Network.enable");
    await client.send("Network.setCacheDisabled", { cacheDisabled: true });
    const types = new Map<string, string>();
    const sizes = { Script: 0, Stylesheet: 0, Document: 0 };
    client.on("Network.responseReceived", ({ requestId, type }) => types.set(requestId, type));
    client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const type = types.get(requestId);
      if (type === "Script" || type === "Stylesheet" || type === "Document") sizes[type] += encodedDataLength;
    });
    await page.goto(url + path, { waitUntil: "load" });
    const times = await page.evaluate(async () => {
      const painted = await new Promise<number>((resolve) => {
        new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
          type: "largest-contentful-paint",
          buffered: true,
        });
      });
      const [navigation] = performance.getEntriesByType("navigation");
      return { painted, answer: navigation instanceof PerformanceNavigationTiming ? navigation.responseStart : 0 };
    });
    await page.close();
    const kB = (bytes: number) => Math.round(bytes / 100) / 10;
    figures.push({
      path,
      script: kB(sizes.Script),
      style: kB(sizes.Stylesheet),
      html: kB(sizes.Document),
      answer: Math.round(times.answer),
      largestPaint: Math.round(times.painted),
    });
  }
  await browser.close();
  return figures;
}
