import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchDir } from "../test/scratch-dir.ts";
import { type BrowserWorld, browserWorld, hasBrowser } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";
import { openShell, type Shell } from "./paste-lines.ts";

/** What a new user does without a manual. Only commands that the pages show are used. */
describe.runIf(hasBrowser)("the first hour", () => {
  const scratch = scratchDir();
  let world: BrowserWorld;
  let shell: Shell;
  beforeAll(async () => {
    world = await browserWorld();
    shell = await openShell(scratch.path);
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    scratch[Symbol.dispose]();
  });

  test.each(VIEWS)("the start page behind a proxy gives no link away: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const problems = await world.visit({ colorScheme, viewport, extraHTTPHeaders: { "X-Forwarded-For": "203.0.113.9" } }, async (page) => {
      for (const path of ["/", "/sign-in", "/organizations/default"]) {
        await page.goto(`${world.server.url}${path}`);
        await page.getByText("This server has no accounts yet.").waitFor();
        expect(await page.content()).not.toMatch(/setup\/[0-9a-f]{64}/);
      }
      await page.getByText("npm run admin -- setup-link --org <slug>").waitFor();
      await checkPage(page, `before-set-up-${colorScheme}-${name}`);
    });
    expect(problems).toEqual([]);
  });

  test("from the setup link to a release by sentry-cli, the board, a comparison and exported notes", async () => {
    const { url, program } = world.server;
    const problems = await world.visit({ viewport: { width: 1280, height: 800 }, acceptDownloads: true }, async (page) => {
      const link = String(/http:\S+\/setup\/\S+/.exec(program.stdout())?.[0]).replace("localhost", "127.0.0.1");
      // A browser on the machine of the server needs no link.
      await page.goto(url);
      await page.waitForURL(link);
      await page.getByLabel("Email address").fill("ada@acme.test");
      await page.locator("input[name=password]").fill("correct horse battery");
      await page.getByLabel("Organization", { exact: true }).fill("Acme");
      await page.getByLabel("Organization slug").fill("acme");
      await page.getByLabel("First project").fill("web");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Waiting for your first release").waitFor();

      // The user's terminal.
      await shell.commit("Ada <ada@acme.test>", "feat: start");
      await shell.commit("Grace Hopper <grace@acme.test>", "fix(login): let people in (#12)");
      const lines = await page.getByLabel("A first release with sentry-cli").innerText();
      await shell.paste(lines);
      await page.waitForURL(/\/organizations\/acme\/releases\/[\d.]+%2B[0-9a-f]{12}/);
      const [, first = ""] = /%2B([0-9a-f]{12})/.exec(page.url()) ?? [];
      await page.getByRole("heading", { level: 1 }).waitFor();
      await checkPage(page, "first-release");

      await shell.commit("Grace Hopper <grace@acme.test>", "feat(cart): remember what was put in (#14)");
      await shell.paste(lines);
      await page.keyboard.press("g");
      await page.keyboard.press("b");
      await page.waitForURL(`${url}/organizations/acme/board`);
      const second = (await page.getByRole("table").innerText()).match(/\+([0-9a-f]{12})/)?.[1] ?? "";
      expect(second).not.toBe("");
      expect(second).not.toBe(first);
      await checkPage(page, "first-board");

      await page.goto(`${url}/organizations/acme/releases`);
      const newest = page.getByRole("link", { name: new RegExp(`\\+${second}`) }).first();
      await newest.click();
      await page.locator("main").getByRole("link", { name: "Compare" }).click();
      await page.waitForURL(/\/compare\?/);
      expect(await page.locator("main").innerText()).toContain("remember what was put in");
      await checkPage(page, "first-comparison");

      await page.goBack();
      await page
        .locator("main")
        .getByRole("link", { name: /^Notes/ })
        .click();
      await page.waitForURL(/\/notes/);
      const download = page.waitForEvent("download");
      await page
        .getByRole("button", { name: /download/i })
        .or(page.getByRole("link", { name: /download/i }))
        .first()
        .click();
      const notes = readFileSync(await (await download).path(), "utf8");
      expect(notes).toContain("remember what was put in");
      expect(notes).toMatch(/Features/);
    });
    expect(problems).toEqual([]);
  }, 120_000);
});
