import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import axe from "axe-core";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAdmin, WEB } from "../test/run-program.ts";
import { type RunningServer, runningServer } from "../test/running-server.ts";
import { scratchDir } from "../test/scratch-dir.ts";

/** The browser to use; without one there is nothing to check here. `.ci/run` names one. */
const executablePath = process.env.LANDFALL_CHROMIUM ?? "";
const PICTURES = path.join(WEB, "../../test-results/pages");

describe.runIf(existsSync(executablePath))("pages in a browser", () => {
  const scratch = scratchDir();
  const dataDir = path.join(scratch.path, "data");
  let server: RunningServer;
  let browser: Browser;

  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    server = await runningServer(dataDir, { LANDFALL_PAGES: "on" });
    browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
  });
  afterAll(async () => {
    await browser.close();
    await server[Symbol.asyncDispose]();
    scratch[Symbol.dispose]();
  });

  const setupLink = (): string => `/setup/${/\/setup\/([0-9a-f]+)/.exec(server.program.stdout())?.[1]}`;
  const newSetupLink = async () => new URL((await runAdmin(dataDir, "setup-link", "--org", "default")).stdout.trim()).pathname;

  /** Runs `work` with a page of its own, and answers what the browser complained about meanwhile. */
  async function complaints(options: Parameters<Browser["newContext"]>[0], work: (page: Page) => Promise<void>): Promise<string[]> {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const said: string[] = [];
    page.on("console", (message) => ["error", "warning"].includes(message.type()) && said.push(message.text()));
    page.on("pageerror", (error) => said.push(error.message));
    await work(page);
    await context.close();
    return said;
  }

  /** The setup page's address is known once the server has started. */
  const PAGES = [
    { kind: "first", path: "/", heading: "What shipped, where it runs, who wrote it", status: 200 },
    { kind: "setup", path: null, heading: "Make your account", status: 200 },
    { kind: "spent-link", path: "/setup/unknown", heading: "This link does not work", status: 200 },
    { kind: "not-found", path: "/nothing/here", heading: "There is no such page", status: 404 },
  ];

  const VIEWS = (["light", "dark"] as const).flatMap((colorScheme) => [
    { colorScheme, name: "wide", viewport: { width: 1280, height: 900 } },
    { colorScheme, name: "narrow", viewport: { width: 360, height: 740 } },
  ]);

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test.each(PAGES)("the page $kind has no errors, fits, and is accessible", async ({ kind, path: target, heading, status }) => {
      const said = await complaints({ colorScheme, viewport }, async (page) => {
        const response = await page.goto(server.url + (target ?? setupLink()), { waitUntil: "networkidle" });
        expect(response?.status()).toBe(status);
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(heading);
        expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
        await page.screenshot({ path: path.join(PICTURES, `${kind}-${colorScheme}-${name}.png`), fullPage: true });
        expect(await accessibilityProblems(page)).toEqual([]);
      });
      expect(said.filter((text) => !(status === 404 && text.includes("404")))).toEqual([]);
    });
  });

  test("the first page tells the address that was asked, and no token", async () => {
    await complaints({}, async (page) => {
      await page.goto(server.url.replace("127.0.0.1", "localhost"));
      const text = await page.locator("main").innerText();
      expect(text).toContain(`export SENTRY_URL=${server.url.replace("127.0.0.1", "localhost")}\nexport SENTRY_ORG=default`);
      expect(text).not.toMatch(/sntry[su]_/);
    });
  });

  test.each([true, false])("a setup link makes an account, once (scripts: %s)", async (javaScriptEnabled) => {
    const link = await newSetupLink();
    const email = `ada-${javaScriptEnabled}@example.test`;
    const said = await complaints({ javaScriptEnabled }, async (page) => {
      await page.goto(server.url + link);
      await page.getByLabel("E-mail address").fill("admin@localhost@");
      await page.getByLabel("Password").fill("correct horse battery");
      await page.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
      await page.getByRole("button", { name: "Make the account" }).click();
      expect(await page.locator("main [role=alert]").first().textContent()).toMatch(/valid email/i);
      if (javaScriptEnabled) expect(await accessibilityProblems(page)).toEqual([]);
      await page.getByLabel("E-mail address").fill(email);
      await page.getByLabel("Password").fill("correct horse battery");
      await page.getByRole("button", { name: "Make the account" }).click();
      await page.getByRole("heading", { name: `Your account ${email} is made` }).waitFor();
      const [, token] = /SENTRY_AUTH_TOKEN=(sntryu_[0-9a-f]{64})/.exec(await page.locator("main").innerText()) ?? [];
      const response = await fetch(`${server.url}/api/0/organizations/default/releases/`, {
        headers: { Authorization: `Bearer ${token}` },
      });
      expect(response.status).toBe(200);
      await page.goto(server.url + link);
      expect(await page.locator("main [role=alert]").first().textContent()).toContain("It was used before");
    });
    expect(said).toEqual([]);
  });

  test("the keyboard reaches the content first", async () => {
    await complaints({}, async (page) => {
      await page.goto(server.url);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Skip to the content");
    });
  });
});

/** What axe finds, one line each. It is run through the debugger, which the page's policy for scripts does not stop. */
async function accessibilityProblems(page: Page): Promise<string[]> {
  await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { violations } = await (window as unknown as { axe: typeof axe }).axe.run(document);
    return violations.map(({ id, help, nodes }) => `${id}: ${help} ${nodes.map((node) => node.html).join(" ")}`);
  });
}
