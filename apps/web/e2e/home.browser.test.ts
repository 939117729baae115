import type { Locator } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

describe.runIf(hasBrowser)("home", () => {
  let world: BrowserWorld;
  let home: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    home = `${world.server.url}/organizations/acme`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const boxOf = async (locator: Locator) => (await locator.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };

  test("shows how to report a first release, and creates a token", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(home);
      const lines = page.getByLabel("A first release with sentry-cli");
      expect(await lines.innerText()).toContain("SENTRY_AUTH_TOKEN='<your token>'");
      await page.getByRole("button", { name: "Create an organization token and fill it in" }).click();
      await page.getByText("is shown only now").waitFor();
      const below = await boxOf(page.getByRole("radiogroup", { name: "Report from" }));
      const above = await boxOf(page.getByRole("button", { name: "Use a personal token instead" }));
      expect(below.y - (above.y + above.height), "the gap above the tabs").toBeGreaterThanOrEqual(8);
      await page.setViewportSize({ width: 390, height: 800 });
      const code = await boxOf(lines.locator("pre"));
      const copy = await boxOf(page.getByRole("button", { name: "Copy", exact: true }));
      expect(code.x + code.width, "the lines end before the button").toBeLessThanOrEqual(copy.x);
      await checkPage(page, "home-token-narrow");
      await page.setViewportSize({ width: 1280, height: 800 });
      const [, token] = /SENTRY_AUTH_TOKEN=(sntrys_\S+)/.exec(await lines.innerText()) ?? [];
      const response = await fetch(`${world.server.url}/api/0/organizations/acme/releases/`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
        body: JSON.stringify({ version: "web@0.1.0", projects: ["web"] }),
      });
      expect(response.status).toBe(201);
      await page.getByRole("link", { name: "Open the release" }).waitFor();
      await checkPage(page, "home-waiting");
      for (const name of ["GitHub Actions", "GitLab CI", "Jenkins"]) {
        await page.getByText(name, { exact: true }).click();
        await page.getByText("CI cannot reach").waitFor();
        expect(await page.getByLabel(`Token for ${name}`).innerText()).toBe(token);
        await checkPage(page, `home-${name}`);
      }
      await page.getByText("Shell", { exact: true }).click();
      await page.getByRole("button", { name: "Use a personal token instead" }).click();
      await page.getByText("The commands contain a personal token").waitFor();
      expect(await lines.innerText()).toMatch(/SENTRY_AUTH_TOKEN=sntryu_[0-9a-f]{64}/);
    });
    expect(problems).toEqual([]);
  });

  test("creates sample data, marks it on every page, and removes it", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(home);
      await page.getByRole("button", { name: "Create sample data" }).click();
      await page.waitForURL(`${world.server.url}/organizations/sample`);
      await page.getByRole("heading", { name: "Environments" }).waitFor();
      for (const path of ["", "/releases", "/board"]) {
        await page.goto(`${world.server.url}/organizations/sample${path}`);
        await page.getByText("This organization was created with made-up releases").waitFor();
      }
      await page.goto(`${world.server.url}/organizations/sample/projects/web/artifacts`);
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("t");
      await page.getByRole("button", { name: "Resolve" }).click();
      await page.getByText("const amount = total(cart);").first().waitFor();
      await checkPage(page, "sample-artifacts");
      await world.rest("POST", "/organizations/sample/releases/", { version: "mine@1.0", projects: ["web"] });
      const remove = async () => {
        await page.getByRole("button", { name: "Remove sample data" }).click();
        const dialog = page.getByRole("dialog", { name: "Remove sample data" });
        await dialog.getByText(/This removes the organization Sample data with 3 projects, 61 releases,/).waitFor();
        await dialog.getByText("1 release: mine@1.0").waitFor();
        await checkPage(page, "sample-remove");
        await dialog.getByRole("button", { name: "Remove" }).click();
        await page.waitForURL(home);
      };
      await remove();
      await page.getByRole("button", { name: "Undo" }).click();
      await page.getByText("Undone.").waitFor();
      await page.goto(`${world.server.url}/organizations/sample`);
      await remove();
      await page.goto(`${world.server.url}/account`);
      await page.getByText(/Sample data: removed/).waitFor();
      await checkPage(page, "account-removed");
    });
    expect(problems).toEqual([]);
    const organizations = await world.rest("GET", "/organizations/");
    expect(organizations).toEqual([expect.objectContaining({ slug: "acme" })]);
  });

  describe("with releases", () => {
    beforeAll(async () => {
      const release = (version: string, more: object = {}) =>
        world.rest("POST", "/organizations/acme/releases/", { version, projects: [version.split("@")[0]], ...more });
      const deploy = (version: string, environment: string) =>
        world.rest("POST", `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`, { environment });
      const commits = (count: number) =>
        Array.from({ length: count }, (_, at) => ({
          id: `${at}`.padStart(40, String(count)),
          message: `fix: number ${at}`,
          author_name: "Grace Hopper",
          author_email: "grace@acme.test",
        }));
      await release("web@1.0.0", { commits: commits(2) });
      await deploy("web@1.0.0", "production");
      await release("web@1.1.0", { commits: commits(3) });
      await deploy("web@1.1.0", "staging");
      await release("api@2.0.0");
    });

    test("shows current versions by project, and what needs attention", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(home);
        const web = page.getByRole("row", { name: /^web/ });
        expect(await web.innerText()).toMatch(/1\.0\.0.*3 commits behind.*1\.1\.0/s);
        const attention = page.getByRole("region", { name: "Needs attention" });
        expect(await attention.innerText()).toMatch(/1 release of (?:api|web) without commits/);
        expect(await page.getByRole("region", { name: "Last deploys" }).getByRole("listitem").count()).toBe(2);
      });
      expect(problems).toEqual([]);
    });

    test("dismisses what needs attention with Undo, shows it again, and opens the full list", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(home);
        const attention = page.getByRole("region", { name: "Needs attention" });
        const item = "1 release of api without commits";
        await attention.getByRole("button", { name: `Dismiss: ${item}` }).click();
        await page.getByText(`Dismissed: ${item}.`).waitFor();
        await attention.getByText("1 dismissed").waitFor();
        await page.getByRole("button", { name: "Undo" }).click();
        await attention.getByRole("button", { name: `Dismiss: ${item}` }).waitFor();
        expect(await attention.getByText("1 dismissed").count()).toBe(0);
        await attention.getByRole("button", { name: `Dismiss: ${item}` }).click();
        await attention.getByText("1 dismissed").waitFor();
        await page.reload();
        await attention.getByText("1 dismissed").click();
        await checkPage(page, "home-dismissed");
        await attention.getByRole("button", { name: `Show again: ${item}` }).click();
        await attention.getByRole("link", { name: item }).click();
        await page.waitForURL(/releases\?.*lacking=commits/);
        await page.getByRole("link", { name: /Remove only without commits/ }).waitFor();
        expect(await page.getByRole("main").innerText()).toContain("api@2.0.0");
        expect(await page.getByRole("link", { name: "web@1.0.0" }).count()).toBe(0);
        await checkPage(page, "releases-lacking");
      });
      expect(problems).toEqual([]);
    });

    test("shows releases and deploys per week, from the first week with any", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(home);
        const cadence = page.getByRole("region", { name: "Releases and deploys per week" });
        await cadence.locator(".recharts-bar-rectangle path").first().waitFor();
        await cadence.getByText("Show as table").click();
        expect(await cadence.locator("tbody tr").allInnerTexts()).toEqual([expect.stringMatching(/\s4\s+2$/)]);
      });
      expect(problems).toEqual([]);
    });

    test.each([
      ["/nonsense", "Page not found", "/nonsense"],
      ["/releases/web%401.0.0/nonsense", "Page not found", "/releases/web@1.0.0/nonsense"],
      ["/projects/none", "Project not found", "none"],
      ["/people/none%40acme.test", "Contributor not found", "none@acme.test"],
      ["/commits/abcdef0123", "Commit not found", "abcdef0123"],
      ["/settings/teams/none", "Team not found", "none"],
    ])("%s names what was not found and keeps the navigation", async (path, heading, name) => {
      await world.visitAs(OWNER, {}, async (page) => {
        const response = await page.goto(home + path);
        expect(response?.status()).toBe(404);
        await page.getByRole("heading", { level: 1, name: heading }).waitFor();
        expect(await page.locator("main code").innerText()).toBe(name);
        await page.getByRole("link", { name: "Releases", exact: true }).waitFor();
        await page.keyboard.press("Control+k");
        await page.getByRole("dialog").waitFor();
        await page.keyboard.press("Escape");
        await checkPage(page, `not-found-${heading.split(" ")[0]}`);
      });
    });

    test("shows a new deploy without a reload", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        // Wait for the event stream of this page, which its scripts open.
        const opened = page.waitForResponse((response) => response.url().includes("/api/events"));
        await page.goto(home);
        await opened;
        await world.rest("POST", "/organizations/acme/releases/api%402.0.0/deploys/", { environment: "production" });
        await page.getByRole("row", { name: /^api/ }).getByText("2.0.0").waitFor();
      });
      expect(problems).toEqual([]);
    });

    test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        await page.goto(home);
        await checkPage(page, `home-${colorScheme}-${name}`);
      });
      expect(problems).toEqual([]);
    });

    test("every navigation key opens its page", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(home);
        await page.keyboard.press("?");
        const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
        await dialog.getByText("Releases").waitFor();
        await page.keyboard.press("Escape");
        await dialog.waitFor({ state: "detached" });
        for (const [keys, path] of [
          ["gr", "/releases"],
          ["gb", "/board"],
          ["gd", "/deploys"],
          ["gp", "/projects"],
          ["gu", "/people"],
          ["gs", "/settings"],
          ["gh", ""],
        ] as const) {
          for (const key of keys) await page.keyboard.press(key);
          await page.waitForURL(
            (address) =>
              address.pathname === `/organizations/acme${path}` ||
              (path === "/settings" && address.pathname.startsWith("/organizations/acme/settings")),
          );
        }
      });
      expect(problems).toEqual([]);
    });
  });
});
