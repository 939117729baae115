import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

/** The documentation, on a server without accounts and without a signed-in person. */
describe.runIf(hasBrowser)("the documentation", () => {
  let world: BrowserWorld;
  let docs: string;
  beforeAll(async () => {
    world = await browserWorld();
    docs = `${world.server.url}/docs`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const problems = await world.visit({ colorScheme, viewport }, async (page) => {
      for (const [kind, path] of Object.entries({ index: "", operations: "/operations", artifacts: "/artifacts", wire: "/wire/clients" })) {
        expect((await page.goto(docs + path))?.status()).toBe(200);
        await checkPage(page, `docs-page-${kind}-${colorScheme}-${name}`);
      }
    });
    expect(problems).toEqual([]);
  });

  test("leads from the index to a section of another document, and back", async () => {
    const problems = await world.visit({}, async (page) => {
      await page.goto(docs);
      await page.getByRole("link", { name: "Command line: import" }).click();
      await page.waitForURL(`${docs}/cli#import`);
      const heading = page.getByRole("heading", { name: "import", exact: true });
      await heading.waitFor();
      await expect.poll(() => heading.evaluate((element) => element.getBoundingClientRect().top)).toBeLessThan(200);
      const list = page.getByRole("navigation", { name: "All documents" });
      expect(await list.locator("[aria-current=page]").innerText()).toBe("Command line");
      await list.getByRole("link", { name: "Glossary" }).click();
      await page.waitForURL(`${docs}/glossary`);
      await page.goto(`${docs}/cli.md`);
      expect(page.url()).toBe(`${docs}/cli`);
    });
    expect(problems).toEqual([]);
  });

  test("copies a code block by keyboard", async () => {
    const problems = await world.visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.goto(`${docs}/installation`, { waitUntil: "networkidle" });
      const block = page.locator("[data-code]").first();
      await block.getByRole("button", { name: "Copy" }).focus();
      await page.keyboard.press("Enter");
      await block.getByText("Copied.").waitFor();
      expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(await block.locator("code").textContent());
    });
    expect(problems).toEqual([]);
  });

  test.each(["/nothing", "/../package.json", "/%2e%2e%2fpackage.json", "/wire/..%2f..%2fREADME"])("%s is not found", async (path) => {
    const problems = await world.visit({}, async (page) => {
      expect((await page.goto(docs + path))?.status()).toBe(404);
      if (path === "/../package.json") return;
      await page.getByRole("heading", { name: "Document not found" }).waitFor();
      await checkPage(page, "docs-page-missing");
      await page.getByRole("main").getByRole("link", { name: "all documents" }).click();
      await page.waitForURL(docs);
    });
    expect(problems.filter((problem) => !problem.includes("404"))).toEqual([]);
  });
});
