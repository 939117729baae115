import { readFile } from "node:fs/promises";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const MIA = { email: "mia@acme.test", password: "correct horse battery" };
/** The last use of a token is stored a second later. */
const POLL = { timeout: 10_000, interval: 250 };

const PAGES = [
  "",
  "/projects",
  "/repositories",
  "/environments",
  "/tokens",
  "/members",
  "/teams",
  "/teams/acme",
  "/storage",
  "/audit",
  "/about",
];

describe.runIf(hasBrowser)("the settings pages", () => {
  let world: BrowserWorld;
  let settings: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    settings = `${world.server.url}/organizations/acme/settings`;
    await world.rest("POST", "/organizations/acme/releases/", { version: "web@1.0.0", projects: ["web"] });
    for (const environment of ["staging", "production"])
      await world.rest("POST", "/organizations/acme/releases/web@1.0.0/deploys/", { environment });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  /** Creates a release with a token, as sentry-cli does. Returns the status of the response. */
  const release = async (token: string, version: string): Promise<number> => {
    const response = await fetch(`${world.server.url}/api/0/organizations/acme/releases/`, {
      method: "POST",
      headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json", "User-Agent": "sentry-cli/3.8.0" },
      body: JSON.stringify({ version, projects: ["web"] }),
    });
    await response.text();
    return response.status;
  };
  const dialog = (page: Page) => page.getByRole("dialog");
  const row = (page: Page, text: string) => page.locator("[data-row]").filter({ hasText: text });

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test("every page has no errors, fits, and is accessible", async () => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        for (const path of PAGES) {
          await page.goto(settings + path);
          expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Settings");
          await checkPage(page, `settings${path.replaceAll("/", "-")}-${colorScheme}-${name}`);
        }
      });
      expect(problems).toEqual([]);
    });

    test("the dialogs are accessible", async () => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        const open = async (path: string, button: string) => {
          await page.goto(settings + path);
          await page.getByRole("button", { name: button }).first().click();
          await dialog(page).waitFor();
          await checkPage(page, `settings-dialog-${button.toLowerCase().replaceAll(" ", "-")}-${colorScheme}-${name}`);
        };
        await open("/tokens", "Create personal token");
        await open("/tokens", "Revoke");
        await open("/members", "Invite member");
        await open("/projects", "Webhook of api");
      });
      expect(problems).toEqual([]);
    });
  });

  test("a token is shown once, works, shows its last use, and is rotated and revoked", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${settings}/tokens`);
      const create = page.getByRole("button", { name: "Create organization token" });
      await create.click();
      await dialog(page).getByLabel("Name").fill("Pipeline");
      await dialog(page).getByLabel("Expires").selectOption("30");
      await dialog(page).getByRole("button", { name: "Create token" }).click();
      const lines = await dialog(page).getByLabel("Settings for a shell").innerText();
      const [, first = ""] = /SENTRY_AUTH_TOKEN=(sntrys_\S+)/.exec(lines) ?? [];
      expect(lines).toContain("export SENTRY_ORG=acme\n");
      await checkPage(page, "settings-token-shown");
      await dialog(page).getByRole("button", { name: "I have copied it" }).click();
      expect(await create.evaluate((button) => button === document.activeElement)).toBe(true);
      expect(await row(page, "Pipeline").innerText()).toContain("never");
      expect(await page.locator("main").innerText()).not.toContain(first);

      expect(await release(first, "web@1.1.0")).toBe(201);
      await expect
        .poll(async () => {
          await page.reload();
          return row(page, "Pipeline").innerText();
        }, POLL)
        .toContain("by sentry-cli 3.8.0 for web");

      await page.getByRole("button", { name: "Rotate Pipeline" }).click();
      expect(await dialog(page).innerText()).toContain("works for another 24 hours");
      await dialog(page).getByRole("button", { name: "Create new token" }).click();
      const [, second = ""] =
        /SENTRY_AUTH_TOKEN=(sntrys_\S+)/.exec(await dialog(page).getByLabel("Settings for a shell").innerText()) ?? [];
      expect(await dialog(page).innerText()).toContain("The old one stops working in 1 d");
      await dialog(page).getByRole("button", { name: "I have copied it" }).click();
      expect([await release(first, "web@1.2.0"), await release(second, "web@1.3.0")]).toEqual([201, 201]);
      expect(await row(page, `…${first.slice(-4)}`).innerText()).toMatch(/expires\s+in 1 d/);

      await page.getByRole("button", { name: `Revoke Pipeline, …${first.slice(-4)}` }).click();
      expect(await dialog(page).innerText()).toMatch(/was last used (just now|\d+ min ago) by sentry-cli 3\.8\.0 for web/);
      await dialog(page).getByRole("button", { name: "Revoke token" }).click();
      await row(page, `…${first.slice(-4)}`).waitFor({ state: "detached" });
      expect([await release(first, "web@1.4.0"), await release(second, "web@1.4.0")]).toEqual([401, 201]);
    });
    expect(problems).toEqual([]);
  });

  test("a personal token is created on the account page with the chosen scopes", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${world.server.url}/account`);
      await page.getByRole("button", { name: "Create personal token" }).click();
      await dialog(page).getByLabel("Name").fill("Reader");
      await dialog(page).getByLabel("Permissions").selectOption("read");
      await dialog(page).getByRole("button", { name: "Create token" }).click();
      const [, token = ""] = /SENTRY_AUTH_TOKEN=(sntryu_\S+)/.exec(await dialog(page).getByLabel("Settings for a shell").innerText()) ?? [];
      expect(await release(token, "web@2.0.0")).toBe(403);
      await dialog(page).getByRole("button", { name: "I have copied it" }).click();
      expect(await row(page, "Reader").innerText()).toContain("see the organization; see members");
      await checkPage(page, "account-tokens");
      for (const text of await row(page, "Reader").locator("td").all())
        expect(await text.evaluate((cell) => cell.scrollWidth - cell.clientWidth), await text.innerText()).toBeLessThanOrEqual(0);
    });
    expect(problems).toEqual([]);
  });

  test("an invited person joins with the link, sees no actions they may not use, and gets another role", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${settings}/members`);
      await page.getByRole("button", { name: "Invite member" }).click();
      await dialog(page).getByLabel("Email address").fill(OWNER.email);
      await dialog(page).getByRole("button", { name: "Create invitation" }).click();
      await dialog(page).getByText("is already a member").waitFor();
      await dialog(page).getByLabel("Email address").fill(MIA.email);
      await dialog(page).getByRole("button", { name: "Create invitation" }).click();
      const link = await dialog(page).locator("code").innerText();
      await dialog(page).getByRole("button", { name: "I have copied it" }).click();
      await row(page, MIA.email).getByRole("button", { name: "Revoke" }).waitFor();

      const joined = await world.visit({}, async (mia) => {
        await mia.goto(link);
        await mia.locator("input[name=password]").fill(MIA.password);
        await mia.locator("main button[type=submit]").click();
        await mia.waitForURL(`${world.server.url}/organizations/acme`);
        for (const path of ["", "/projects", "/environments?project=web", "/members", "/teams", "/teams/acme", "/storage", "/about"]) {
          await mia.goto(settings + path);
          expect(await mia.locator("main").getByRole("button").allInnerTexts(), path).toEqual(
            ["/members", "/projects"].includes(path) ? ["Search"] : [],
          );
        }
        expect(await mia.locator("main").innerText()).not.toContain(world.dataDir);
        await mia.goto(`${settings}/tokens`);
        expect(await mia.locator("main [data-row] button").count()).toBe(0);
        await checkPage(mia, "settings-tokens-member");
        expect(await mia.getByRole("navigation", { name: "Settings" }).getByRole("link").allInnerTexts()).not.toContain("Audit");
        expect((await mia.request.get(`${settings}/audit`)).status()).toBe(404);
        expect((await mia.request.get(`${settings}/audit/csv`)).status()).toBe(404);
      });
      expect(joined).toEqual([]);

      await row(page, MIA.email).getByRole("button", { name: "Remove" }).waitFor();
      await page.getByRole("button", { name: `Change role of ${MIA.email}` }).click();
      await dialog(page)
        .getByLabel(/^admin/)
        .check();
      await dialog(page).getByRole("button", { name: "Change role" }).click();
      await row(page, MIA.email).getByRole("cell", { name: "admin", exact: true }).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await row(page, MIA.email).getByRole("cell", { name: "member", exact: true }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("a team is created, and members and projects are added and removed with undo", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${settings}/teams`);
      await page.getByRole("button", { name: "Create team" }).click();
      await dialog(page).getByLabel("Name", { exact: true }).fill("Payments & Co.");
      await dialog(page).getByRole("button", { name: "Create team" }).click();
      await page.waitForURL(`${settings}/teams/payments-co`);
      const add = async (button: string, field: string, value: string) => {
        await page.getByRole("button", { name: button }).click();
        await dialog(page).getByLabel(field).fill(value);
        await dialog(page).getByRole("button", { name: button }).click();
      };
      await add("Add member", "Email address", "nobody@acme.test");
      await dialog(page).getByText("Invite them first").waitFor();
      await dialog(page).getByRole("button", { name: "Cancel" }).click();
      await add("Add member", "Email address", MIA.email);
      await row(page, MIA.email).waitFor();
      await add("Add project", "Project slug", "web");
      await row(page, "web").waitFor();
      await page.getByRole("button", { name: "Remove web from the team" }).click();
      await dialog(page).getByRole("button", { name: "Remove project" }).click();
      await row(page, "web").waitFor({ state: "detached" });
      await page.getByRole("button", { name: "Undo" }).click();
      await row(page, "web").waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("the organization and a project are renamed, with a warning if clients use the slug", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(settings);
      await page.getByLabel("Name", { exact: true }).fill("Acme Inc.");
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Organization updated.").waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Undone.").waitFor();
      await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue(), POLL).toBe("acme");
      await page.getByLabel("Slug").fill("acme-inc");
      await page.getByText("still works afterwards: in organization tokens").waitFor();
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(`${world.server.url}/organizations/acme-inc/settings`);
      await page.goto(`${world.server.url}/organizations/acme/projects/web?a=b`);
      await page.waitForURL(`${world.server.url}/organizations/acme-inc/projects/web?a=b`);
      await page.goto(settings);
      await page.waitForURL(`${world.server.url}/organizations/acme-inc/settings`);
      await page.getByLabel("Slug").fill("acme");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(settings);
      await page.getByRole("button", { name: "Undo" }).click();
      await page.waitForURL(`${world.server.url}/organizations/acme-inc/settings`);
      await page.getByLabel("Slug").fill("acme");
      await page.getByRole("button", { name: "Save" }).click();
      await page.waitForURL(settings);

      await page.goto(`${settings}/projects`);
      await page.getByRole("button", { name: "Edit api" }).click();
      await dialog(page).getByRole("textbox", { name: "Slug" }).fill("web");
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await dialog(page).getByText('Another project is already using the slug "web".').waitFor();
      await dialog(page).getByRole("textbox", { name: "Slug" }).fill("gateway");
      await dialog(page).getByText("in pipelines that set SENTRY_PROJECT=api, and in links.").waitFor();
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await row(page, "gateway").waitFor();
      await page.goto(`${world.server.url}/organizations/acme/projects/api?a=b`);
      await page.waitForURL(`${world.server.url}/organizations/acme/projects/gateway?a=b`);
      await page.goto(`${world.server.url}/organizations/acme/projects/api/artifacts`);
      await page.waitForURL(`${world.server.url}/organizations/acme/projects/gateway/artifacts`);

      // Another project takes the former slug only if its form says so.
      await page.goto(`${settings}/projects`);
      await page.getByRole("button", { name: "Edit web" }).click();
      await dialog(page).getByRole("textbox", { name: "Slug" }).fill("api");
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await dialog(page).getByText('Another project had the slug "api" before it was renamed').waitFor();
      await dialog(page).getByLabel("Use the new slug even if another project had it before").check();
      await checkPage(page, "settings-project-slug");
      await dialog(page).getByRole("button", { name: "Save" }).click();
      await page.getByRole("button", { name: "Edit api" }).waitFor();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByRole("button", { name: "Edit web" }).waitFor();
      await page.goto(`${world.server.url}/organizations/acme/projects/api`);
      await page.waitForURL(`${world.server.url}/organizations/acme/projects/web`);
    });
    expect(problems).toEqual([]);
  });

  test("a project's webhook is shown on demand and accepts a release; environments are hidden and shown", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${settings}/projects`);
      await page.getByRole("button", { name: "Webhook of web" }).click();
      expect(await dialog(page).locator("code").count()).toBe(0);
      await dialog(page).getByRole("button", { name: "Show URL" }).click();
      const hook = await dialog(page).locator("code").first().innerText();
      const send = (version: string) =>
        fetch(hook, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify({ version }) });
      expect((await send("hooked-1")).status).toBe(201);
      await dialog(page).getByRole("button", { name: "Create a new URL" }).click();
      await expect.poll(() => dialog(page).locator("code").first().innerText(), POLL).not.toBe(hook);
      expect((await send("hooked-2")).status).toBe(403);

      await page.goto(`${settings}/environments?project=web`);
      await page.getByRole("button", { name: "Hide staging" }).click();
      await row(page, "staging").getByText("hidden").waitFor();
      await page.getByRole("button", { name: "Show staging again" }).click();
      await page.getByRole("button", { name: "Hide staging" }).waitFor();
      await page.goto(`${settings}/environments?project=nope`);
      await page.getByText("Project “nope” not found").waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("the audit log lists all changes, is filtered in the URL, and is downloaded as CSV", async () => {
    const problems = await world.visitAs(OWNER, { acceptDownloads: true }, async (page) => {
      await page.goto(`${settings}/audit`);
      const lines = (await page.locator("[data-row] summary").allInnerTexts()).map((line) => line.replaceAll(/\s+/g, " "));
      for (const entry of [
        `changed the role of ${MIA.email} · role member → admin`,
        `invited ${MIA.email}`,
        `${MIA.email} joined as ${MIA.email}`,
        "revoked the token Pipeline",
        "rotated the token Pipeline",
        "changed the organization acme · slug acme → acme-inc",
        "changed the project api · slug api → gateway",
        "removed a project from the team payments-co · project web",
      ])
        expect(
          lines.filter((line) => line.includes(entry)),
          entry,
        ).not.toEqual([]);

      await page.getByLabel("Type").selectOption("token");
      await page.getByLabel("Target").fill("Pipeline");
      await page.getByRole("button", { name: "Filter" }).click();
      await page.waitForURL((url) => url.searchParams.get("action") === "token");
      const shown = await page.locator("[data-row]").count();
      expect(shown).toBe(4);
      await page.locator("[data-row] summary").first().click();
      await checkPage(page, "settings-audit-open");

      const [download] = await Promise.all([page.waitForEvent("download"), page.getByRole("link", { name: /CSV/ }).click()]);
      expect(download.suggestedFilename()).toMatch(/^audit-acme-\d{4}-\d{2}-\d{2}\.csv$/);
      const csv = (await readFile(await download.path(), "utf8")).split("\r\n");
      expect(csv[0]).toBe('"Date","Actor","Name","Address","Action","Target","Before","After","Request"');
      expect(csv.slice(1, -1).map((line) => line.split('","')[4])).toEqual([
        "token.revoke",
        "token.rotate",
        "token.create",
        "token.create",
      ]);
    });
    expect(problems).toEqual([]);
  });

  test("invalid queries get a page, never an error", async () => {
    await world.visitAs(OWNER, {}, async (page) => {
      for (const query of [
        "cursor=x",
        "cursor=1:2:3",
        "own=x&cursor=50:1:0",
        "query=%00&project=%00&actor=%00&action=%F0%9F%9A%80",
        "from=x&to=9999-99-99",
        "invitations=x",
      ]) {
        for (const path of PAGES) expect((await page.request.get(`${settings}${path}?${query}`)).status(), `${path}?${query}`).toBe(200);
      }
      for (const path of ["/nope", "/teams/nope", "/teams/%00"]) expect((await page.request.get(settings + path)).status(), path).toBe(404);
    });
  });
});
