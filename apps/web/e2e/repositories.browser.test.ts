import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const SHA = "4f2a91c0d7b34e5f8a6c1d2e3f4a5b6c7d8e9f00";

describe.runIf(hasBrowser)("the repositories page", () => {
  let world: BrowserWorld;
  let pages: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    pages = `${world.server.url}/organizations/acme`;
    await world.rest("POST", "/organizations/acme/releases/", {
      version: "web@1.0.0",
      projects: ["web"],
      commits: [
        { id: SHA, repository: "origin", message: "fix: doors (#12)\n\nCloses DOOR-7", patch_set: [{ path: "src/door.ts", type: "M" }] },
        { id: SHA.replace("4f", "5e"), repository: "acme/web", message: "feat: wings" },
      ],
    });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const dialog = (page: Page) => page.getByRole("dialog");
  const row = (page: Page, text: string) => page.locator("[data-row]").filter({ hasText: text });

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test("the page and its dialogs have no errors, fit, and are accessible", async () => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        await page.goto(`${pages}/settings/repositories`);
        await checkPage(page, `repositories-${colorScheme}-${name}`);
        await page.getByRole("button", { name: "Edit origin" }).click();
        await dialog(page).getByLabel("URL").fill("git@git.acme.test:acme/web.git");
        await dialog(page).getByLabel("Runs on").selectOption("gitlab");
        await dialog(page).getByText("Link templates").click();
        await dialog(page).getByLabel("Issue").fill("https://bugs.acme.test/");
        await checkPage(page, `repositories-edit-${colorScheme}-${name}`);
        await page.reload();
        await page.getByRole("button", { name: "Merge origin" }).click();
        await dialog(page).getByLabel("Into").selectOption("acme/web");
        await dialog(page).getByRole("list", { name: "What the merge changes" }).waitFor();
        await checkPage(page, `repositories-merge-${colorScheme}-${name}`);
      });
      expect(problems).toEqual([]);
    });
  });

  test("a repository gets a URL and a name, commits become links, and the change is undone; then it is merged", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${pages}/releases/web@1.0.0`);
      await page.getByText("No URL for 2 repositories").click();
      await page.getByRole("link", { name: "Set the URL" }).click();
      await page.getByRole("button", { name: "Edit origin" }).click();
      await dialog(page).getByLabel("URL").fill("git@git.acme.test:acme/shop.git");
      expect(await dialog(page).getByText("choose what the host runs on").isVisible()).toBe(true);
      await dialog(page).getByLabel("Runs on").selectOption("gitlab");
      expect(await dialog(page).getByRole("link").first().textContent()).toBe(`https://git.acme.test/acme/shop/-/commit/${SHA}`);
      await dialog(page).getByLabel("Name", { exact: true }).fill("acme/shop");
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await row(page, "acme/shop").getByText("also origin").waitFor();
      await page.getByLabel("Ticket link").fill("https://jira.acme.test/browse/{ticket}");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Saved the ticket link.").waitFor();

      await page.goto(`${pages}/releases/web@1.0.0/commits`);
      const links = async () => page.locator("main a[href^='https://']").evaluateAll((all) => all.map((link) => link.getAttribute("href")));
      expect(await links()).toEqual([
        "https://git.acme.test/acme/shop",
        "https://git.acme.test/acme/shop/-/issues/12",
        "https://jira.acme.test/browse/DOOR-7",
      ]);
      await page.goto(`${pages}/releases/web@1.0.0/files`);
      expect(await links()).toEqual([`https://git.acme.test/acme/shop/-/blob/${SHA}/src/door.ts`]);
      await page.goto(`${pages}/commits/${SHA}`);
      expect(await links()).toContain(`https://git.acme.test/acme/shop/-/commit/${SHA}`);

      await page.goto(`${pages}/settings/repositories`);
      await page.getByRole("button", { name: "Edit acme/shop" }).click();
      await dialog(page).getByLabel("URL").fill("");
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await row(page, "acme/shop").getByText("not set").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await row(page, "acme/shop").getByRole("link", { name: "https://git.acme.test/acme/shop" }).waitFor();

      await page.getByRole("button", { name: "Merge acme/shop" }).click();
      await dialog(page).getByLabel("Into").selectOption("acme/web");
      await dialog(page).getByText("1 commit of 1 release moves from acme/shop to acme/web.").waitFor();
      await dialog(page).getByRole("button", { name: "Merge", exact: true }).click();
      await row(page, "acme/web").getByText("also acme/shop, origin").waitFor();
      expect(await page.locator("[data-row]").count()).toBe(1);
    });
    expect(problems).toEqual([]);
  });
});
