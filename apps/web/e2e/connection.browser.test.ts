import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";

/** How pages behave when the server cannot be reached, or a proxy responds in its place. */
describe.runIf(hasBrowser)("a lost connection", () => {
  let world: BrowserWorld;
  let release: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    release = `${world.server.url}/organizations/acme/releases/web%401.0.0`;
    for (const version of ["web@1.0.0", "web@1.1.0"])
      await world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"] });
  });
  afterAll(() => world[Symbol.asyncDispose]());

  // Problems that the browser reports are ignored, since requests have to fail here.
  const asOwner = async (work: (page: Page) => Promise<void>) => void (await world.visitAs(OWNER, {}, work));
  const notice = (page: Page) => page.getByText("The server cannot be reached.");
  /** Responds to each submitted form like a proxy whose server is down. */
  const behindProxy = (page: Page) =>
    page.route("**/*", (route) =>
      route.request().method() === "POST"
        ? route.fulfill({ status: 502, contentType: "text/html", body: "<h1>502 Bad Gateway</h1>" })
        : route.continue(),
    );

  test("is shown; a submitted form is sent when the connection is back", async () => {
    await asOwner(async (page) => {
      await page.goto(release);
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("e");
      await page.getByLabel("Ref").fill("typed in a tunnel");
      await page.context().setOffline(true);
      await page.getByRole("button", { name: "Save" }).click();
      await notice(page).waitFor();
      expect(await page.getByLabel("Ref").inputValue()).toBe("typed in a tunnel");
      await page.context().setOffline(false);
      await page.getByText("Saved.").waitFor();
      await notice(page).waitFor({ state: "hidden" });
      await page.locator("main dd", { hasText: "typed in a tunnel" }).waitFor();
    });
  });

  test("keeps the current page, and opens the requested one when the connection is back", async () => {
    await asOwner(async (page) => {
      await page.goto(release);
      await page.waitForLoadState("networkidle");
      await page.context().setOffline(true);
      await page.keyboard.press("2");
      await notice(page).waitFor();
      expect(await page.getByRole("heading", { level: 1 }).textContent()).toBe("web@1.0.0");
      await page.context().setOffline(false);
      await page.waitForURL(`${release}/commits`);
    });
  });

  test("behind a proxy is shown in the form, which keeps what was typed", async () => {
    await asOwner(async (page) => {
      await page.goto(`${release}/notes`);
      await page.getByRole("button", { name: /^Edit/ }).click();
      await page.getByLabel("Notes in Markdown").fill("Half a sentence");
      await behindProxy(page);
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByRole("alert").filter({ hasText: "No response from the server" }).waitFor();
      expect(await page.getByLabel("Notes in Markdown").inputValue()).toBe("Half a sentence");
      await page.unrouteAll();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText(`Saved by ${OWNER.email}`).waitFor();

      await page.keyboard.press("d");
      const dialog = page.getByRole("dialog", { name: "Record a deploy" });
      await dialog.getByRole("combobox", { name: "Environment" }).fill("production");
      await dialog.getByLabel("Name").fill("run 12");
      await behindProxy(page);
      await dialog.getByRole("button", { name: "Record deploy" }).click();
      await dialog.getByRole("alert").filter({ hasText: "What you typed is still here" }).waitFor();
      expect(await dialog.getByLabel("Name").inputValue()).toBe("run 12");
    });
  });

  test("behind a proxy keeps the list and its selection", async () => {
    await asOwner(async (page) => {
      await page.goto(`${world.server.url}/organizations/acme/releases`);
      await page.waitForLoadState("networkidle");
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await behindProxy(page);
      await page.keyboard.press("e");
      await page.getByRole("alert").filter({ hasText: "No response from the server" }).waitFor();
      expect(await page.getByRole("checkbox", { name: "Select web@1.1.0" }).isChecked()).toBe(true);
      await page.unrouteAll();
      await page.keyboard.press("e");
      await page.getByText("Archived web@1.1.0.").waitFor();
    });
  });

  test("keeps what was typed on the sign-in page", async () => {
    await world.visit({}, async (page) => {
      await page.goto(`${world.server.url}/sign-in`);
      await page.getByLabel("Email address").fill(OWNER.email);
      await page.locator("input[name=password]").fill(OWNER.password);
      await behindProxy(page);
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").filter({ hasText: "No response from the server" }).waitFor();
      expect(await page.locator("input[name=password]").inputValue()).toBe(OWNER.password);
      await page.unrouteAll();
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.waitForURL(/\/organizations\/acme/);
    });
  });
});
