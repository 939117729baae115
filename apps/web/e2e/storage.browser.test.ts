import { DAY } from "@landfall/domain/durations";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { useDatabase } from "../test/use-database.ts";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const VERSIONS = ["web@1.0.0", "web@1.1.0", "web@1.2.0", "web@1.3.0"];

describe.runIf(hasBrowser)("the storage of artifacts", () => {
  let world: BrowserWorld;
  let storage: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    storage = `${world.server.url}/organizations/acme/settings/storage`;
    for (const [index, version] of VERSIONS.entries()) {
      await world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"] });
      await upload(version, "x".repeat(100_000 * (index + 1)));
    }
    await world.rest("POST", "/organizations/acme/releases/web@1.0.0/deploys/", { environment: "production" });
    // All files were uploaded ten days ago.
    useDatabase(world.dataDir, (db) => db.prepare("update release_files set date_created = date_created - ?").run(10 * DAY));
  });
  afterAll(() => world[Symbol.asyncDispose]());

  async function upload(version: string, content: string): Promise<void> {
    const form = new FormData();
    form.append("file", new File([content], "~/app.js"));
    const address = `${world.server.url}/api/0/organizations/acme/releases/${version}/files/`;
    const sent = await fetch(address, { method: "POST", headers: { Authorization: `Bearer ${world.token}` }, body: form });
    if (!sent.ok) throw new Error(await sent.text());
    await sent.text();
  }

  const dialog = (page: Page) => page.getByRole("dialog");
  const row = (page: Page, text: string) => page.locator("[data-row]").filter({ hasText: text });
  const preview = (page: Page) => dialog(page).locator("output");

  test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
      await page.goto(storage);
      await row(page, "web").getByText("Keeps everything.").waitFor();
      await checkPage(page, `storage-${colorScheme}-${name}`);
      await page.getByRole("button", { name: "Edit rule of web" }).click();
      await dialog(page).getByLabel("Last releases").fill("2");
      await preview(page).getByText("Would free").waitFor();
      await checkPage(page, `storage-rule-${colorScheme}-${name}`);
    });
    expect(problems).toEqual([]);
  });

  test("a rule shows what it would delete before it is saved, is undone, run, and audited", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(storage);
      await page.getByText("No retention runs yet").waitFor();
      const edit = page.getByRole("button", { name: "Edit rule of web" });
      expect(await page.getByRole("button", { name: "Run now" }).count()).toBe(0);

      await edit.click();
      await preview(page).getByText("Nothing would be deleted.").waitFor();
      await dialog(page).getByLabel("Last releases").fill("2");
      // 1.0.0 is in production now, and 1.2.0 and 1.3.0 are the last two.
      await preview(page).getByText("Would free 195 KiB: 1 file of 1 release.").waitFor();
      expect(await dialog(page).getByRole("list", { name: "Artifacts to delete" }).innerText()).toContain("Files of web@1.1.0");
      await dialog(page).getByLabel("Days").fill("30");
      await preview(page).getByText("Nothing would be deleted.").waitFor();
      await dialog(page).getByLabel("Days").fill("");
      await dialog(page).getByLabel("Last releases").fill("");
      await dialog(page).getByLabel("production").check();
      await dialog(page).getByText("Also set a number of releases or days").first().waitFor();
      await dialog(page).getByLabel("Last releases").fill("1");
      await preview(page).getByText("Would free 488 KiB: 2 files of 2 releases.").waitFor();
      await dialog(page).getByRole("button", { name: "Save rule" }).click();
      await row(page, "web").getByText("Keeps the last release and everything ever deployed to production.").waitFor();
      expect(await edit.evaluate((button) => button === document.activeElement)).toBe(true);

      await page.getByRole("button", { name: "Undo" }).click();
      await row(page, "web").getByText("Keeps everything.").waitFor();
      await edit.click();
      await dialog(page).getByLabel("Last releases").fill("1");
      await preview(page).getByText("Would free 488 KiB").waitFor();
      await dialog(page).getByRole("button", { name: "Save rule" }).click();

      await page.getByRole("button", { name: "Run now: the rule of web" }).click();
      await preview(page).getByText("Would free 488 KiB: 2 files of 2 releases.").waitFor();
      expect(await dialog(page).innerText()).toContain("This cannot be undone.");
      await checkPage(page, "storage-run");
      await dialog(page).getByRole("button", { name: "Delete permanently" }).click();
      const run = row(page, "2 files of 2 releases (web@1.1.0, web@1.2.0)");
      await run.waitFor();
      expect(await run.innerText()).toContain("488 KiB");
      await checkPage(page, "storage-removed");

      await page.goto(`${world.server.url}/organizations/acme/settings/audit`);
      await page.getByText("deleted artifacts by the retention rule of").first().waitFor();
    });
    expect(problems).toEqual([]);
    const remaining = await world.rest("GET", "/organizations/acme/releases/web@1.1.0/files/");
    expect(remaining).toEqual([]);
    expect(await world.rest("GET", "/organizations/acme/releases/web@1.0.0/files/")).toHaveLength(1);
  });
});
