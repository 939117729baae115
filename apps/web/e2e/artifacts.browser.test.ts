import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { SCRIPT, SOURCE_MAP, uploadBundle, uploadOwnFile } from "./upload-artifacts.ts";
import { VIEWS } from "./views.ts";

const WIM = { email: "wim@acme.test", password: "correct horse battery" };
const id = (digit: string) => `${digit.repeat(8)}-${digit.repeat(4)}-4${digit.repeat(3)}-8${digit.repeat(3)}-${digit.repeat(12)}`;
const LONG = `~/assets/${"a-very-long-folder-name/".repeat(12)}chunk-vendors~main~checkout.4f3c2a1b.js`;
const TRACE = `Error: Boots is sold out
    at t (https://shop.example/app.js:1:14)
    at r (https://shop.example/app.js:1:14)
    at https://shop.example/other.js:1:1
    at https://shop.example/other.js:1:9`;

const script = (url: string, headers: Record<string, string>, content = SCRIPT) => ({ url, type: "minified_source", headers, content });
const map = (url: string, headers: Record<string, string> = {}, content = SOURCE_MAP) => ({ url, type: "source_map", headers, content });

const SHOP = {
  debug_id: id("1"),
  files: {
    "app.js": script("~/app.js", { "debug-id": id("a"), sourcemap: "app.js.map" }),
    "app.js.map": map("~/app.js.map", { "debug-id": id("a") }),
    "lost.js": script("~/lost.js", { sourcemap: "lost.js.map" }, "lost()"),
    "bare.js.map": map("~/bare.js.map", {}, '{"version":3,"sources":["a.ts"],"names":[],"mappings":"AAAA"}'),
    "long.js": script(LONG, {}, "long()"),
  },
};

const LARGE = {
  debug_id: id("2"),
  files: Object.fromEntries(
    Array.from({ length: 2500 }, (_, index) => {
      const name = `chunk-${String(index).padStart(4, "0")}.js`;
      const files = [
        [name, script(`~/${name}`, { sourcemap: `${name}.map` }, name)],
        [`${name}.map`, map(`~/${name}.map`, {}, name)],
      ] as const;
      return files;
    }).flat(),
  ),
};

describe.runIf(hasBrowser)("the pages of artifacts", () => {
  let world: BrowserWorld;
  let shop: Buffer;
  let base: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    base = `${world.server.url}/organizations/acme`;
    for (const version of ["web@1.0.0", "web@2.0.0", "web@3.0.0"])
      await world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"] });
    await uploadBundle(world, { projects: ["web"], version: "web@2.0.0", parts: LARGE });
    shop = await uploadBundle(world, { projects: ["web", "api"], version: "web@1.0.0", dist: "ios", parts: SHOP });
    await uploadOwnFile(world, "web@1.0.0", "~/single.js", "one by one");
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const ofRelease = (version: string, query = "") => `${base}/releases/${encodeURIComponent(version)}/artifacts${query}`;
  const ofProject = (query = "") => `${base}/projects/web/artifacts${query}`;
  const asOwner = (work: (page: Page) => Promise<void>, options: Parameters<BrowserWorld["visitAs"]>[1] = {}) =>
    world.visitAs(OWNER, { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true, ...options }, work);
  const table = (page: Page, name: string) => page.getByRole("table", { name });
  const panel = (page: Page) => page.getByRole("region", { name: "Resolve a stack trace" });
  const saved = async (page: Page, name: string) => {
    const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name }).first().click()]);
    return { name: download.suggestedFilename(), bytes: await readFile(await download.path()) };
  };
  const paste = async (page: Page, trace: string) => {
    await panel(page).getByRole("textbox", { name: "Stack trace" }).fill(trace);
    await panel(page).getByRole("button", { name: "Resolve" }).click();
  };

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test.each([
      ["release", () => ofRelease("web@1.0.0")],
      ["large", () => ofRelease("web@2.0.0")],
      ["empty", () => ofRelease("web@3.0.0")],
      ["project", () => ofProject(`?bundle=${id("1")}`)],
      ["project-empty", () => `${base}/projects/api/artifacts?q=nothing`],
      ["choice", () => `${base}/stack`],
    ])("%s has no errors, fits, and is accessible", async (kind, address) => {
      const problems = await asOwner(
        async (page) => {
          expect((await page.goto(address()))?.status()).toBe(200);
          await checkPage(page, `artifacts-${kind}-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });

    test("a resolved trace and the dialogs have no errors, fit, and are accessible", async () => {
      const problems = await asOwner(
        async (page) => {
          await page.goto(ofRelease("web@1.0.0", "?panel=stack&dist=ios"));
          await paste(page, TRACE);
          await page.getByText("2 of 4 frames resolved").waitFor();
          await checkPage(page, `artifacts-trace-${colorScheme}-${name}`);
          await page.getByRole("button", { name: `Delete the bundle ${id("1")}` }).click();
          await page.getByText("cannot be undone").waitFor();
          await checkPage(page, `artifacts-delete-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });
  });

  test("a release shows what was uploaded and what is missing; its files can be found and downloaded", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(ofRelease("web@1.0.0"));
      await page.getByText(/^5 files in 1 bundle, [\d.]+ (?:KiB|bytes); 1 single file, 10 bytes; for no dist and ios$/).waitFor();
      expect(await page.getByRole("list", { name: "Completeness" }).textContent()).toContain("6 artifacts");
      expect(await table(page, "Bundles").locator("[data-row]").innerText()).toMatch(/11111111[\s\S]*ios[\s\S]*2 of 3/);
      await page.getByRole("heading", { name: "2 minified files cannot be resolved to source" }).waitFor();
      await page.getByText("It refers to ~/lost.js.map, which is not in the bundle.").waitFor();
      await page.getByRole("button", { name: "Check the sources of ~/app.js.map" }).click();
      await page.getByText("has 1 source").waitFor();
      await page.getByRole("button", { name: "Check the sources of ~/bare.js.map" }).click();
      await page.getByText("has 0 of 1 source").waitFor();

      expect(await saved(page, "Download ~/app.js.map")).toEqual({ name: "app.js.map", bytes: Buffer.from(SOURCE_MAP) });
      expect((await saved(page, `Download the bundle ${id("1")}`)).bytes.equals(shop)).toBe(true);
      expect((await saved(page, "Download ~/single.js")).bytes.toString()).toBe("one by one");

      await page.goto(ofRelease("web@2.0.0"));
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("/");
      await page.keyboard.type("chunk-2499");
      await page.keyboard.press("Enter");
      await page.getByText("Only files with “chunk-2499” in their name").waitFor();
      const files = table(page, "Files of the bundle").locator("[data-row]");
      expect(await files.count()).toBe(2);
      await page.getByRole("link", { name: "Show all 5,000" }).click();
      await page.waitForFunction(() => document.querySelectorAll("main table")[1]?.querySelectorAll("[data-row]").length === 50);
      await page.getByRole("link", { name: "Next →" }).click();
      await files.filter({ hasText: "~/chunk-0025.js.map" }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("a project's bundles are found by release, dist, id, debug id and file name", async () => {
    const problems = await asOwner(async (page) => {
      for (const [text, bundle] of [
        ["web@2.0.0", "2"],
        ["ios", "1"],
        [id("2"), "2"],
        [id("a"), "1"],
        ["lost.JS", "1"],
      ] as const) {
        await page.goto(ofProject(`?q=${encodeURIComponent(text)}`));
        expect(await table(page, "Bundles").locator("[data-row]").count(), text).toBe(1);
        expect(await table(page, "Bundles").locator("[data-row]").innerText()).toContain(bundle.repeat(8));
      }
      await table(page, "Bundles").getByRole("link", { name: "11111111", exact: true }).click();
      await table(page, "Files of the bundle").getByText("~/lost.js", { exact: true }).waitFor();
      expect(await table(page, "Files of the bundle").locator("[data-row]").count()).toBe(1);
      await page.goto(ofProject());
      await page.getByRole("heading", { name: "Releases with their own files" }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("a pasted stack trace is resolved to source, with reasons for unresolved frames, and is not in the URL", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(ofRelease("web@1.0.0"));
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("t");
      await panel(page).getByRole("textbox", { name: "Stack trace" }).waitFor();
      expect(await panel(page).getByLabel("Release").inputValue()).toBe("web@1.0.0");
      await paste(page, "  ");
      await panel(page).getByText("Paste a stack trace.").waitFor();
      await paste(page, TRACE);
      await panel(page).getByText("0 of 4 frames resolved").waitFor();
      await panel(page).getByText('The event has no dist, but the files were uploaded for dist "ios".').first().waitFor();
      expect(await panel(page).getByRole("textbox", { name: "Stack trace" }).inputValue()).toBe(TRACE);
      await panel(page).getByLabel("Dist").fill("ios");
      await panel(page).getByRole("button", { name: "Resolve" }).click();
      await panel(page).getByText("2 of 4 frames resolved").waitFor();
      const trace = panel(page).getByRole("list", { name: "Resolved stack trace" });
      expect(await trace.innerText()).toMatch(/addToCart[\s\S]*src\/cart\.ts:2:3/);
      expect(await trace.locator("[aria-current=location]").first().innerText()).toContain("is sold out");
      await panel(page).getByRole("button", { name: "Copy as text" }).click();
      await expect
        .poll(() => page.evaluate(() => navigator.clipboard.readText()))
        .toMatch(/^Error: Boots is sold out\n {4}at addToCart \(.*src\/cart\.ts:2:3\)\n {4}at r \(.*src\/cart\.ts:2:3\)\n {4}at https:/);
      expect(page.url()).toBe(ofRelease("web@1.0.0"));
    });
    expect(problems).toEqual([]);
  });

  test("the palette opens the panel from any page", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(base);
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("paste");
      await page.getByRole("option", { name: "Paste a stack trace…" }).click();
      await page.waitForURL(`${base}/stack`);
      await page.getByRole("link", { name: "web" }).last().click();
      await panel(page).getByRole("textbox", { name: "Stack trace" }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("members who may not download see the files and the reason, and can resolve stack traces", async () => {
    const made = await fetch(`${world.server.url}/api/trpc/invitations.create`, {
      method: "POST",
      headers: { Authorization: `Bearer ${world.token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ organization: "acme", email: WIM.email, role: "member" }),
    });
    const [invitation = ""] = /\/invite\/\w+/.exec(await made.text()) ?? [];
    await world.visit({}, async (page) => {
      await page.goto(world.server.url + invitation);
      await page.locator("input[name=password]").fill(WIM.password);
      await page.getByRole("button", { name: "Create account and join" }).click();
      await page.waitForURL((address) => address.pathname.startsWith("/organizations/"));
    });
    const problems = await world.visitAs(WIM, {}, async (page) => {
      for (const address of [ofRelease("web@1.0.0", "?panel=stack"), ofProject(`?bundle=${id("1")}&panel=stack`)]) {
        await page.goto(address);
        await page.getByText("is for admins, managers and owners").waitFor();
        expect(await table(page, "Files of the bundle").locator("[data-row]").count()).toBe(5);
        expect(await page.getByRole("link", { name: /^Download/ }).count()).toBe(0);
        expect(await page.getByRole("button", { name: /^Check/ }).count()).toBe(0);
        await panel(page).getByLabel("Dist").fill("ios");
        await paste(page, TRACE);
        await panel(page).getByText("2 of 4 frames resolved").waitFor();
      }
    });
    expect(problems).toEqual([]);
  });

  test("files are renamed and deleted, and bundles deleted, after a preview of the deletion", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(ofRelease("web@1.0.0"));
      await page.getByRole("button", { name: "Rename ~/single.js" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Name").fill("~/renamed.js");
      await dialog.getByRole("button", { name: "Rename" }).click();
      await page.getByRole("button", { name: "Delete ~/renamed.js" }).click();
      await dialog.getByText("This cannot be undone").waitFor();
      await dialog.getByRole("button", { name: "Delete permanently" }).click();
      await page.getByRole("heading", { name: "Files of the release" }).waitFor({ state: "detached" });

      await page.getByRole("button", { name: `Delete the bundle ${id("1")}` }).click();
      await dialog.getByText("1 other project keeps it").waitFor();
      expect(await dialog.innerText()).toMatch(/5 files of web[\s\S]*web@1\.0\.0/);
      await dialog.getByRole("button", { name: "Delete permanently" }).click();
      await page.getByText("Deleted bundle 11111111.").waitFor();
    });
    expect(problems).toEqual([]);
    expect(await world.rest("GET", "/projects/acme/api/files/artifact-bundles/")).toHaveLength(1);
    expect(await world.rest("GET", "/projects/acme/web/files/artifact-bundles/?query=ios")).toEqual([]);
  });
});
