import { DAY } from "@landfall/domain/durations";
import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const WIM = { email: "wim@acme.test", password: "correct horse battery" };
const TABS = ["Overview", "Commits", "Contributors", "Files", "Deploys", "Artifacts", "Notes", "Activity", "JSON"] as const;
/** The paths of tabs that are not the label in lower case. */
const PATHS: Readonly<Record<string, string>> = { Overview: "", Contributors: "/people" };

describe.runIf(hasBrowser)("the pages of a release", () => {
  let world: BrowserWorld;
  let base: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    base = `${world.server.url}/organizations/acme/releases/`;
    await report("web@1.0.0", { dateReleased: ago(9) });
    await report("web@1.1.0", { projects: ["web", "api"], ref: "v1.1.0", url: "https://acme.test/1.1.0", commits: COMMITS });
    await report("api@7.0.0", { projects: ["api"] });
    await deploy("web@1.1.0", "staging");
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const ago = (days: number) => new Date(Date.now() - days * DAY).toISOString();
  const report = (version: string, more: object = {}) =>
    world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"], ...more });
  const deploy = (version: string, environment: string) =>
    world.rest("POST", `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`, { environment, name: "run 7" });
  /** Calls an operation that is not on the wire, with the owner's token. */
  const operation = async (name: string, input: object) => {
    const response = await fetch(`${world.server.url}/api/trpc/${name}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${world.token}`, "Content-Type": "application/json" },
      body: JSON.stringify({ organization: "acme", ...input }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${name} returned ${response.status}: ${text}`);
    return text;
  };
  const urlOf = (version: string, rest = "") => base + encodeURIComponent(version) + rest;
  const asOwner = (work: (page: Page) => Promise<void>, options: Parameters<BrowserWorld["visitAs"]>[1] = {}) =>
    world.visitAs(OWNER, { permissions: ["clipboard-read", "clipboard-write"], acceptDownloads: true, ...options }, work);
  const copied = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
  const tab = (page: Page) => page.getByRole("navigation", { name: "Release", exact: true }).locator("[aria-current=page]");
  const choose = async (page: Page, action: string) => {
    await page.getByRole("button", { name: "Actions" }).click();
    await page.getByRole("menuitem", { name: action }).click();
  };
  const factOf = (page: Page, name: string) => page.locator("main dt", { hasText: name }).locator("xpath=following-sibling::dd");

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test.each(TABS)("the tab %s has no errors, fits, and is accessible", async (label) => {
      const problems = await asOwner(
        async (page) => {
          const path = PATHS[label] ?? `/${label.toLowerCase()}`;
          expect((await page.goto(urlOf("web@1.1.0", path)))?.status()).toBe(200);
          expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("web@1.1.0");
          expect(await tab(page).textContent()).toMatch(new RegExp(`^${label}`));
          await checkPage(page, `release-${label.toLowerCase()}-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems).toEqual([]);
    });

    test("its dialogs, its gaps, and the page of a missing release are accessible", async () => {
      const problems = await asOwner(
        async (page) => {
          await page.goto(urlOf("api@7.0.0"));
          await page.getByText("Not finalized").click();
          await checkPage(page, `release-gap-${colorScheme}-${name}`);
          await page.keyboard.press("Escape");
          expect(await page.getByText("landfall releases finalize").isVisible()).toBe(false);
          for (const [action, title] of [
            ["Edit…", "Edit release"],
            ["Record a deploy…", "Record a deploy"],
            ["Delete…", "Delete release"],
          ] as const) {
            await choose(page, action);
            await page.getByRole("dialog", { name: title }).waitFor();
            if (action === "Delete…") await page.getByText("also deletes").waitFor();
            await checkPage(page, `release-${title.split(" ", 1)[0]?.toLowerCase()}-${colorScheme}-${name}`);
            await page.keyboard.press("Escape");
            await page.getByRole("dialog").waitFor({ state: "detached" });
            await page.waitForFunction(() => document.activeElement?.textContent === "Actions");
          }
          await page.goto(urlOf("api@7.0.0", "/notes"));
          await page.getByRole("button", { name: "Edit the draft" }).click();
          await page.getByLabel("Notes in Markdown").fill("# Big\n\n- [x] done\n");
          await checkPage(page, `release-notes-edit-${colorScheme}-${name}`);
          expect((await page.goto(urlOf("web@1.9.0")))?.status()).toBe(404);
          await page.getByRole("link", { name: "web@1.1.0" }).waitFor();
          await checkPage(page, `release-not-found-${colorScheme}-${name}`);
        },
        { colorScheme, viewport },
      );
      expect(problems.filter((text) => !text.includes("404"))).toEqual([]);
    });
  });

  test("keys open every tab and the neighboring releases, and copy the link", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.0"));
      await page.waitForLoadState("networkidle");
      for (const [index, label] of TABS.entries()) {
        await page.keyboard.press(`${index + 1}`);
        await tab(page).filter({ hasText: label }).waitFor();
      }
      await page.keyboard.press("4");
      await page.waitForURL(urlOf("web@1.1.0", "/files"));
      await page.keyboard.press("y");
      await page.getByText("Copied the link").waitFor();
      expect(await copied(page)).toBe(urlOf("web@1.1.0", "/files"));
      await page.keyboard.press("[");
      await page.waitForURL(urlOf("web@1.0.0", "/files"));
      await page.keyboard.press("]");
      await page.waitForURL(urlOf("web@1.1.0", "/files"));
    });
    expect(problems).toEqual([]);
  });

  test("shows neighbors in the chosen project on every tab", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.0", "/commits"));
      const neighbors = page.getByRole("navigation", { name: "Previous and next release" });
      await neighbors.getByRole("link", { name: "Previous release: ← web@1.0.0" }).waitFor();
      await neighbors.getByRole("combobox").selectOption("api");
      // Releases of another package are no neighbors.
      await neighbors.getByText("First").waitFor();
      await page.getByRole("navigation", { name: "Release", exact: true }).getByRole("link", { name: "Contributors" }).click();
      await page.waitForURL(urlOf("web@1.1.0", "/people?project=api"));
      await page.goBack();
      await page.goBack();
      await neighbors.getByRole("link", { name: "Previous release: ← web@1.0.0" }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("lists commits, contributors with their share, and files by path", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.0", "/commits"));
      await page.getByRole("heading", { name: "acme/web" }).waitFor();
      expect(await page.locator("main [data-row]").count()).toBe(COMMITS.length);
      await page.keyboard.press("j");
      expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("a".repeat(10));

      await page.goto(urlOf("web@1.1.0", "/people"));
      expect(await page.getByRole("list", { name: "Contributors" }).locator("li").first().innerText()).toMatch(/Eva[\s\S]*2[\s\S]*50 %/);
      expect(await page.getByRole("list", { name: "Bots" }).innerText()).toContain("renovate[bot]");

      await page.goto(urlOf("web@1.1.0", "/files"));
      await page.keyboard.press("f");
      await page.keyboard.type("PAY");
      const found = page.getByRole("list", { name: "Files found" });
      expect(await found.innerText()).toMatch(/A\s+src\/checkout\/pay\.ts/);
      expect(await page.getByText("1 of 3 files").isVisible()).toBe(true);
    });
    expect(problems).toEqual([]);
  });

  test("a gap shows the commands for this version", async () => {
    const version = `it's %41 ${"ünï漢字 @ 100% +#?&;".repeat(9)}`;
    await report(version);
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf(version));
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(version);
      await page.getByText("No commits").first().click();
      await page.getByRole("list", { name: "Completeness" }).getByRole("button", { name: "Copy the command" }).nth(1).click();
      await expect.poll(() => copied(page)).toBe(`landfall releases set-commits '${version.replaceAll("'", String.raw`'\''`)}'`);
      for (const [index, label] of TABS.entries()) {
        await page.keyboard.press(`${index + 1}`);
        await tab(page).filter({ hasText: label }).waitFor();
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(version);
      }
      expect(page.url()).toBe(urlOf(version, "/json"));
      expect(await page.title()).toBe(`JSON of ${version} · Landfall`);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      const [json] = await Promise.all([page.locator("main pre").innerText(), page.waitForLoadState("load")]);
      expect(JSON.parse(json)).toEqual(await world.rest("GET", `/organizations/acme/releases/${encodeURIComponent(version)}/`));
    });
    expect(problems).toEqual([]);
  });

  test("shows a head commit without a commit list, and links to it", async () => {
    await report("web@1.1.1", { refs: [{ repository: "acme/web", commit: "5f4dcc3b71aa", previousCommit: "a".repeat(40) }] });
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.1", "/commits"));
      await page.getByText("Head commit only").click();
      await page.getByText("Only the head commit 5f4dcc3b71 in acme/web is known, not the commits before it.").waitFor();
      await checkPage(page, "release-head-alone-gap");
      await page.keyboard.press("Escape");
      await checkPage(page, "release-head-alone");
      await page.getByRole("list", { name: "Head commits" }).getByRole("link", { name: "Commit 5f4dcc3b71" }).click();
      await page.waitForURL(/\/commits\/5f4dcc3b71aa\?repository=acme%2Fweb$/);
      await page.getByText("5f4dcc3b71aa").first().waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("edits a release, shows errors at their fields, and undoes each change", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.0.0"));
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("e");
      const dialog = page.getByRole("dialog", { name: "Edit release" });
      await dialog.getByLabel("Ref").fill("main");
      await dialog.getByLabel("URL").fill("no url");
      await dialog.getByRole("combobox", { name: "Owner" }).fill(OWNER.email);
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.getByText("Enter a valid URL.").waitFor();
      expect(await dialog.getByLabel("Ref").inputValue()).toBe("main");
      await dialog.getByLabel("URL").fill("https://acme.test/notes");
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await factOf(page, "Ref").filter({ hasText: "main" }).waitFor();
      expect(await page.getByRole("link", { name: "acme.test/notes" }).getAttribute("href")).toBe("https://acme.test/notes");

      await choose(page, "Mark as unreleased");
      await page.getByText("Not finalized", { exact: true }).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Undone.").waitFor();
      await factOf(page, "Released").waitFor();

      await choose(page, "Archive");
      await page.getByText("Archived", { exact: true }).waitFor();
      await choose(page, "Restore");
      await page.getByText("Archived", { exact: true }).waitFor({ state: "detached" });

      await page.goto(urlOf("web@1.0.0", "/activity"));
      const activity = await page.getByRole("list", { name: "Activity" }).innerText();
      expect(activity).toMatch(/restored the release[\s\S]*archived the release[\s\S]*Owner: none → olga@acme\.test/);
      expect(activity).toContain("Ref: none → main");
    });
    expect(problems).toEqual([]);
  });

  test("records a deploy and shows it in the header and the tab at once", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.0", "/deploys"));
      await page.getByRole("button", { name: "Record a deploy" }).click();
      const dialog = page.getByRole("dialog", { name: "Record a deploy" });
      await dialog.getByRole("combobox", { name: "Environment" }).fill("stag");
      await page.getByRole("option", { name: "staging" }).waitFor();
      await dialog.getByRole("combobox", { name: "Environment" }).fill("production");
      await dialog.getByLabel("Name").fill("by hand");
      await dialog.getByLabel("URL").fill("https://ci.acme.test/8");
      await dialog.getByRole("button", { name: "Record deploy" }).click();
      await dialog.waitFor({ state: "detached" });
      const row = page.locator("main [data-row]", { hasText: "production" });
      await row.waitFor();
      expect(await row.innerText()).toMatch(/olga@acme\.test[\s\S]*by hand/);
      expect(await page.getByRole("list", { name: "Environments" }).innerText()).toContain("production");
    });
    expect(problems).toEqual([]);
  });

  test("updates at once when something is reported, without losing typed text", async () => {
    await report("web@2.0.0");
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@2.0.0", "/notes"));
      await page.getByRole("button", { name: "Edit the draft" }).click();
      await page.getByLabel("Notes in Markdown").fill("Half a sen");
      await page.waitForLoadState("networkidle");
      await deploy("web@2.0.0", "staging");
      await page.getByRole("link", { name: /^staging/ }).waitFor();
      expect(await page.getByLabel("Notes in Markdown").inputValue()).toBe("Half a sen");
      await page.reload();
      expect(await page.getByLabel("Notes in Markdown").inputValue()).toBe("Half a sen");
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByText("No commits to draft notes from").waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("notes are drafted, edited, previewed, saved, exported, and reverted", async () => {
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@1.1.0", "/notes"));
      await page.getByText("Draft from 4 commits").waitFor();
      await page.getByRole("button", { name: "Edit the draft" }).click();
      const field = page.getByLabel("Notes in Markdown");
      expect(await field.inputValue()).toContain("## Features");
      await field.fill("## Brave\n\n- **new** <b>thing</b>\n");
      await page.getByText("Preview").click();
      await page.getByRole("heading", { name: "Brave" }).waitFor();
      expect(await page.locator("main .prose").innerHTML()).toContain("<strong>new</strong> &lt;b&gt;thing&lt;/b&gt;");
      await page.getByText("Write", { exact: true }).click();
      await field.press("Control+s");
      await page.getByText(`Saved by ${OWNER.email}`).waitFor();
      await page.getByRole("button", { name: "Copy Markdown" }).click();
      await expect.poll(() => copied(page)).toBe("## Brave\n\n- **new** <b>thing</b>\n");
      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "Download .md" }).click()]);
      expect(download.suggestedFilename()).toBe("web@1.1.0.md");
      expect(await readFile(await download.path(), "utf8")).toBe("## Brave\n\n- **new** <b>thing</b>\n");
      await page.getByRole("button", { name: "Revert to draft" }).click();
      await page.getByText("Draft from 4 commits").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText(`Saved by ${OWNER.email}`).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("shows notes that someone else saved, and does not overwrite them", async () => {
    await asOwner(async (page) => {
      await page.goto(urlOf("api@7.0.0", "/notes"));
      await page.getByRole("button", { name: "Edit the draft" }).click();
      await page.getByLabel("Notes in Markdown").fill("Mine");
      await operation("notes.save", { version: "api@7.0.0", markdown: "Theirs" });
      await page.getByText("Someone else saved notes while you were editing").waitFor();
      await page.getByText("Theirs").waitFor();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("alert").filter({ hasText: "saved other notes for this release" }).waitFor();
      expect(await page.getByLabel("Notes in Markdown").inputValue()).toBe("Mine");
      await page.getByRole("button", { name: "Continue with my version" }).click();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText(`Saved by ${OWNER.email}`).waitFor();
      await expect.poll(() => page.locator("main .prose").innerText()).toBe("Mine");
    });
  });

  test("shows what is deleted first, asks for the version of a deployed release, and returns to the list", async () => {
    await report("web@3.0.0", { commits: [{ id: "f".repeat(40) }] });
    await deploy("web@3.0.0", "qa");
    const problems = await asOwner(async (page) => {
      await page.goto(urlOf("web@3.0.0"));
      await choose(page, "Delete…");
      const dialog = page.getByRole("dialog", { name: "Delete release" });
      await dialog.getByText("also deletes").waitFor();
      const text = await dialog.innerText();
      expect(text).toMatch(
        /its link to web[\s\S]*its list of 1 commit[\s\S]*1 deploy[\s\S]*current version of web in qa[\s\S]*cannot be undone/,
      );
      const button = dialog.getByRole("button", { name: "Delete permanently" });
      await dialog.getByLabel("Type the version").fill("web@3.0");
      expect(await button.isDisabled()).toBe(true);
      await dialog.getByLabel("Type the version").fill("web@3.0.0");
      await button.click();
      await page.waitForURL(base.replace(/\/$/, ""));
      await page.getByText("Deleted web@3.0.0.").waitFor();
    });
    expect(problems).toEqual([]);
    await expect(world.rest("GET", "/organizations/acme/releases/web@3.0.0/")).rejects.toThrow("404");
  });

  test("offers no actions to a viewer without write access", async () => {
    await operation("organizations.update", { openMembership: false });
    await world.rest("POST", "/organizations/acme/teams/", { slug: "shop" });
    await world.rest("POST", "/teams/acme/shop/projects/", { name: "shop", slug: "shop" });
    await report("shop@1.0.0", { projects: ["web", "shop"], dateReleased: ago(1) });
    const invitationJson = await operation("invitations.create", { email: WIM.email, role: "member", team: "shop" });
    const [invitation = ""] = /\/invite\/\w+/.exec(invitationJson) ?? [];
    await world.visit({}, async (page) => {
      await page.goto(world.server.url + invitation);
      await page.locator("input[name=password]").fill(WIM.password);
      await page.getByRole("button", { name: "Create account and join" }).click();
      await page.waitForURL((address) => address.pathname.startsWith("/organizations/"));
    });
    const problems = await world.visitAs(WIM, {}, async (page) => {
      for (const path of ["", "/deploys", "/notes"]) {
        await page.goto(urlOf("shop@1.0.0", path));
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("shop@1.0.0");
        await page.waitForLoadState("networkidle");
        for (const name of ["Actions", "Record a deploy", "Edit the draft"])
          expect(await page.getByRole("button", { name }).count()).toBe(0);
        await page.keyboard.press("e");
        await page.keyboard.press("d");
        expect(await page.getByRole("dialog").count()).toBe(0);
      }
      expect((await page.goto(urlOf("web@1.1.0")))?.status()).toBe(404);
    });
    expect(problems.filter((text) => !text.includes("404"))).toEqual([]);
  });
});

const COMMITS = [
  {
    id: "a".repeat(40),
    repository: "acme/web",
    message: "feat(checkout): pay by invoice (#12)",
    author_name: "Eva",
    author_email: "eva@acme.test",
    patch_set: [
      { path: "src/checkout/pay.ts", type: "A" },
      { path: "README.md", type: "M" },
    ],
  },
  { id: "b".repeat(40), repository: "acme/web", message: "fix: round prices", author_name: "Eva", author_email: "eva@acme.test" },
  {
    id: "c".repeat(40),
    repository: "acme/web",
    message: "chore: bump",
    author_name: "renovate[bot]",
    author_email: "bot@renovateapp.com",
    patch_set: [{ path: "package.json", type: "M" }],
  },
  { id: "d".repeat(40), repository: "acme/web", message: "", author_email: "olga@acme.test" },
];
