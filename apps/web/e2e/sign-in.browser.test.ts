import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runAdmin } from "../test/run-program.ts";
import { type BrowserWorld, browserWorld, hasBrowser, signIn } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const ADA = { email: "ada@acme.test", password: "correct horse battery" };

describe.runIf(hasBrowser)("setup, sign-in, and account", () => {
  let world: BrowserWorld;
  let url: string;
  beforeAll(async () => {
    world = await browserWorld();
    ({ url } = world.server);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const firstLink = () => `/setup/${/\/setup\/([0-9a-f]+)/.exec(world.server.program.stdout())?.[1]}`;
  const newSetupLink = async (organization: string) => {
    const { stdout } = await runAdmin(world.dataDir, "setup-link", "--org", organization);
    return new URL(stdout.trim()).pathname;
  };

  describe.each(VIEWS)("$colorScheme, $name", ({ colorScheme, name, viewport }) => {
    test.each([
      { kind: "setup", path: firstLink, heading: "Set up Landfall", status: 200 },
      { kind: "spent-link", path: () => "/setup/unknown", heading: "This link does not work", status: 200 },
      { kind: "spent-invitation", path: () => "/invite/unknown", heading: "This invitation does not work", status: 200 },
      { kind: "not-found", path: () => "/nothing/here", heading: "Page not found", status: 404 },
    ])("the page $kind has no errors, fits, and is accessible", async ({ kind, path, heading, status }) => {
      const problems = await world.visit({ colorScheme, viewport }, async (page) => {
        const response = await page.goto(url + path());
        expect(response?.status()).toBe(status);
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe(heading);
        await checkPage(page, `${kind}-${colorScheme}-${name}`);
      });
      expect(problems.filter((text) => !(status === 404 && text.includes("404")))).toEqual([]);
    });
  });

  test("a setup link names the organization, signs in, and waits for the first release", async () => {
    const problems = await world.visit({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
      await page.goto(url + firstLink());
      await page.getByLabel("Your name (optional)").fill("Ada Lovelace");
      await page.getByLabel("Email address").fill("admin@localhost@");
      await page.locator("input[name=password]").fill(ADA.password);
      await page.locator("form").evaluate((form) => form.setAttribute("novalidate", ""));
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Enter a valid email address").waitFor();
      expect(await page.getByLabel("Your name (optional)").inputValue()).toBe("Ada Lovelace");

      await page.getByLabel("Email address").fill(ADA.email);
      await page.locator("input[name=password]").fill(ADA.password);
      await page.getByLabel("Organization", { exact: true }).fill("Acme & Co.");
      expect(await page.getByLabel("Organization slug").inputValue()).toBe("acme-co");
      await page.getByLabel("Organization slug").fill("acme");
      await page.getByLabel("First project").fill("web");
      await page.getByRole("button", { name: "Create account" }).click();
      await page.getByText("Waiting for your first release").waitFor();
      await checkPage(page, "setup-waiting");

      const lines = await page.getByLabel("A first release with sentry-cli").innerText();
      expect(lines).toContain(`export SENTRY_URL=${url}\nexport SENTRY_ORG=acme\n`);
      const [, token] = /SENTRY_AUTH_TOKEN=(sntrys_[\w=+/]+)/.exec(lines) ?? [];
      const send = (path: string, body: unknown) =>
        fetch(`${url}/api/0/organizations/acme/releases/${path}`, {
          method: "POST",
          headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" },
          body: JSON.stringify(body),
        });
      const steps = page.getByRole("list", { name: "Progress" });
      expect((await send("", { version: "web@1.0.0", projects: ["web"] })).status).toBe(201);
      await steps.getByText("web@1.0.0").waitFor();
      await send("", { version: "web@1.0.0", projects: ["web"], commits: [{ id: "a".repeat(40), author_email: ADA.email }] });
      await send("web@1.0.0/deploys/", { environment: "production" });
      await steps.getByText("production").waitFor();
      await page.waitForURL(`${url}/organizations/acme/releases/web%401.0.0`);

      await page.goto(url + firstLink());
      expect(await page.locator("main [role=alert]").first().textContent()).toContain("It was used before");
      await page.goto(url);
      expect(page.url()).toBe(`${url}/organizations/acme`);
    });
    expect(problems).toEqual([]);
  });

  test("a setup link works without scripts", async () => {
    const link = await newSetupLink("acme");
    const problems = await world.visit({ javaScriptEnabled: false }, async (page) => {
      await page.goto(url + link);
      expect(await page.getByLabel("First project").count()).toBe(0);
      await page.getByLabel("Email address").fill("eve@acme.test");
      await page.locator("input[name=password]").fill(ADA.password);
      await page.getByRole("button", { name: "Create account" }).click();
      expect(await page.locator("main").innerText()).toMatch(/SENTRY_AUTH_TOKEN=sntrys_[\w=+/]+/);
      await page.goto(`${url}/account`);
      expect(await page.locator("main").innerText()).toContain("eve@acme.test");
    });
    expect(problems).toEqual([]);
  });

  test.each(VIEWS)(
    "the page to sign in has no errors, fits, and is accessible: $colorScheme, $name",
    async ({ colorScheme, name, viewport }) => {
      const problems = await world.visit({ colorScheme, viewport }, async (page) => {
        await page.goto(`${url}/sign-in`);
        expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("Sign in");
        await checkPage(page, `sign-in-${colorScheme}-${name}`);
      });
      expect(problems).toEqual([]);
    },
  );

  test("a page of an organization redirects to sign-in, and back to it", async () => {
    await world.visit({}, async (page) => {
      await page.goto(`${url}/organizations/default/releases?query=1.0`);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
      expect(await page.locator("input[name=next]").getAttribute("value")).toBe("/organizations/default/releases?query=1.0");
    });
  });

  test("a wrong password does not reveal whether the account exists; signing out ends the session", async () => {
    await world.visit({}, async (page) => {
      const refused = async (email: string) => {
        await page.goto(`${url}/sign-in`);
        await page.getByLabel("Email address").fill(email);
        await page.locator("input[name=password]").fill("wrong horse battery");
        await page.getByRole("button", { name: "Sign in" }).click();
        return page.locator("form [role=alert]").textContent();
      };
      expect(await refused(ADA.email)).toBe(await refused("nobody@acme.test"));
      expect(await page.getByLabel("Email address").inputValue()).toBe("nobody@acme.test");

      await signIn(page, url, ADA);
      await page.goto(`${url}/organizations/acme`);
      await page.getByRole("button", { name: "Account of Ada Lovelace" }).click();
      await page.getByRole("menuitem", { name: "Sign out" }).click();
      await page.waitForURL(`${url}/sign-in`);
      await page.goto(`${url}/organizations/acme`);
      expect(new URL(page.url()).pathname).toBe("/sign-in");
    });
  });

  test("the account page lists sessions, ends other sessions, and changes the password", async () => {
    // Problems of the other window are ignored, since its session ends while it is open.
    await world.visit({}, async (elsewhere) => {
      await signIn(elsewhere, url, ADA);
      const problems = await world.visit({}, async (page) => {
        await signIn(page, url, ADA);
        await page.goto(`${url}/account`);
        await checkPage(page, "account");
        await page.getByRole("button", { name: "Sign out of all other sessions" }).click();
        await page.getByRole("button", { name: "Sign out of all other sessions" }).waitFor({ state: "detached" });

        const change = async (current: string, next: string, confirmation = next) => {
          await page.getByLabel("Current password").fill(current);
          await page.getByLabel("New password", { exact: true }).fill(next);
          await page.getByLabel("Confirm new password").fill(confirmation);
          await page.getByRole("button", { name: "Change password" }).click();
        };
        await change(ADA.password, "another horse battery", "a third horse battery");
        await page.getByText("The passwords do not match.").waitFor();
        await change("wrong horse battery", "another horse battery");
        await page.getByText("This is not your current password.").waitFor();
        await change(ADA.password, "another horse battery");
        await page.getByText("Password changed.").waitFor();
        // The page shows the message until it is reloaded.
        await page.goto(`${url}/account`);
        await change("another horse battery", ADA.password);
        await page.getByText("Password changed.").waitFor();
      });
      expect(problems).toEqual([]);
      await elsewhere.goto(`${url}/account`);
      expect(new URL(elsewhere.url()).pathname).toBe("/sign-in");
    });
  });

  test("the keyboard reaches the content first, and the theme can be chosen", async () => {
    const problems = await world.visit({ colorScheme: "light" }, async (page) => {
      await signIn(page, url, ADA);
      await page.goto(`${url}/organizations/acme`);
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.textContent?.trim())).toBe("Skip to content");
      await page.getByRole("button", { name: /^Account of/ }).click();
      await page.getByRole("menuitem", { name: "Dark" }).click();
      await page.reload();
      expect(await page.evaluate(() => document.documentElement.dataset["mantineColorScheme"])).toBe("dark");
    });
    expect(problems).toEqual([]);
  });
});
