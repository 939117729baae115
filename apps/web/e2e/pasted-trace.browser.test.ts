import { execFile } from "node:child_process";
import { cpSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { promisify } from "node:util";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { WEB } from "../test/run-program.ts";
import { scratchDir } from "../test/scratch-dir.ts";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { uploadBundle } from "./upload-artifacts.ts";
import { VIEWS } from "./views.ts";

const CLIENTS = path.join(WEB, "../../e2e/clients");
const RELEASE = "web@1.0.0";
const PAGE = `<!doctype html><title>Shop</title><p id="shown"></p><button id="pay">Pay</button><script type="module" src="/assets/main.js"></script>`;

/** The line of the shop's source that throws. */
const THROWS = "throw new Error(`nobody has set a price for ${name}`);";

describe.runIf(hasBrowser)("a stack trace of a build with the Vite plugin", () => {
  let world: BrowserWorld;
  let trace: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    using shop = scratchDir();
    cpSync(path.join(CLIENTS, "shop"), shop.path, { recursive: true });
    await buildShop(shop.path);
    trace = await throwInShop(shop.path);
  }, 120_000);
  afterAll(() => world[Symbol.asyncDispose]());

  /** Builds the shop with Vite and the unmodified plugin, which uploads it for the release. */
  async function buildShop(cwd: string): Promise<void> {
    const connection = { org: "acme", project: "web", authToken: world.token, url: world.server.url, telemetry: false };
    const options = { ...connection, release: { name: RELEASE, setCommits: false } };
    const args = [path.join(CLIENTS, "builds", "build.ts"), "vite 11", JSON.stringify(options)];
    await promisify(execFile)(process.execPath, args, {
      cwd,
      timeout: 60_000,
      env: { NODE_ENV: "production", PATH: process.env.PATH, HOME: cwd },
    });
  }

  /** Serves the built shop, clicks its button in a browser, and returns the stack of the error. */
  async function throwInShop(cwd: string): Promise<string> {
    const server = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://shop.test");
      if (pathname === "/") return void response.writeHead(200, { "content-type": "text/html" }).end(PAGE);
      readFile(path.join(cwd, "dist", pathname)).then(
        (bytes) => response.writeHead(200, { "content-type": "text/javascript" }).end(bytes),
        () => response.writeHead(404).end(),
      );
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    let stack = "";
    await world.visit({}, async (page) => {
      await page.goto(`http://127.0.0.1:${port}/`);
      const thrown = page.waitForEvent("pageerror");
      await page.click("#pay");
      stack = (await thrown).stack ?? "";
    });
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
    return stack;
  }

  const panel = (page: Page) => page.getByRole("region", { name: "Resolve a stack trace" });
  const paste = async (page: Page, release: string, stack: string) => {
    await page.goto(`${world.server.url}/organizations/acme/projects/web/artifacts?panel=stack`);
    await panel(page).getByLabel("Release").fill(release);
    await panel(page).getByRole("textbox", { name: "Stack trace" }).fill(stack);
    await panel(page).getByRole("button", { name: "Resolve" }).click();
  };

  test("is resolved when it is pasted, and the panel shows how its scripts were matched", async () => {
    expect(trace).toMatch(/^Error: nobody has set a price for honey\n( +at .+ \(http:.+:\d+:\d+\)\n?){3}$/);
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await paste(page, RELEASE, trace);
      await panel(page).getByText("3 of 3 frames resolved").waitFor();
      const resolved = panel(page).getByRole("list", { name: "Resolved stack trace" });
      expect(await resolved.locator("[aria-current=location]").first().innerText()).toContain(THROWS);
      const shown = await resolved.innerText();
      for (const name of ["main.js", "checkout-[\\w-]+\\.js"]) {
        const note = new RegExp(`Matched by its sourceMappingURL: "${name}" was uploaded as "~/[0-9a-f-]{36}-\\d\\.js"\\.`, "g");
        expect(shown.match(note)).toHaveLength(1);
      }
    });
    expect(problems).toEqual([]);
  });

  describe("of two builds for one release", () => {
    const version = "web@2.0.0";
    const ids = ["1", "2"].map((digit) => `${digit.repeat(8)}-1111-4111-8111-111111111111`);
    beforeAll(async () => {
      await world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"] });
      for (const id of ids) {
        const name = `~/${id}-0.js`;
        const headers = { "debug-id": id, sourcemap: `${id}-0.js.map` };
        const mappings = { version: 3, sources: [`../${id.slice(0, 1)}.ts`], sourcesContent: ["pay();"], names: [], mappings: "AAAA" };
        const files = {
          "0.js": { url: name, type: "minified_source", headers, content: "f();\n//# sourceMappingURL=main.js.map\n" },
          "0.js.map": { url: `${name}.map`, type: "source_map", headers, content: JSON.stringify(mappings) },
        };
        await uploadBundle(world, { projects: ["web"], version, parts: { debug_id: id, files } });
      }
    });

    test.each(VIEWS)("is resolved once the deployed file is chosen: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        await paste(page, version, `Error: x\n    at f (https://shop.example/assets/main.js:1:1)`);
        await panel(page).getByText('"~/assets/main.js" matches 2 uploaded files equally well.').waitFor();
        await checkPage(page, `pasted-trace-choice-${colorScheme}-${name}`);
        const select = panel(page).getByLabel("File of https://shop.example/assets/main.js");
        const options = await select.locator("option").allInnerTexts();
        expect(options).toEqual([
          "Choose the deployed file (2 matches)",
          expect.stringMatching(/^main\.js \(~\/2{8}-.*-0\.js\), uploaded \d{4}-\d\d-\d\d \d\d:\d\d UTC$/),
          expect.stringMatching(/^main\.js \(~\/1{8}-/),
        ]);
        await select.selectOption(ids[0] ?? "");
        await panel(page).getByText("../1.ts:1:1").waitFor();
        await select.selectOption(ids[1] ?? "");
        await panel(page).getByText("../2.ts:1:1").waitFor();
        await panel(page).getByText("1 of 1 frame resolved").waitFor();
        await checkPage(page, `pasted-trace-chosen-${colorScheme}-${name}`);
      });
      expect(problems).toEqual([]);
    });
  });
});
