import { DAY } from "@landfall/domain/durations";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { initialize } from "../test/provisioned.ts";
import { runAdmin } from "../test/run-program.ts";
import { useDatabase } from "../test/use-database.ts";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";

const MIA = { email: "mia@acme.test", password: "correct horse battery" };
const NOA = { email: "noa@acme.test", password: "correct horse battery" };

describe.runIf(hasBrowser)("revoked access: removed members, changed passwords, expired links", () => {
  let world: BrowserWorld;
  let url: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web"] });
    ({ url } = world.server);
    for (const { email, password } of [MIA, NOA]) await makeOwner(email, password);
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const makeOwner = (email: string, password: string) =>
    initialize(world.dataDir, "--org", "acme", "--project", "web", "--email", email, "--password", password);
  const status = async (token: string) =>
    (await fetch(`${url}/api/0/organizations/acme/releases/`, { headers: { Authorization: `Bearer ${token}` } })).status;
  const row = (page: Page, text: string) => page.locator("[data-row]").filter({ hasText: text });

  /** Creates a token as the person signed in at `page`. */
  async function createToken(page: Page, operation: string, input: object): Promise<string> {
    const response = await page.request.post(`${url}/api/trpc/${operation}`, { data: input, headers: { origin: url } });
    const { result }: { result: { data: { token: string } } } = await response.json();
    return result.data.token;
  }

  async function remove(page: Page, screenshot?: string, revokes = false): Promise<void> {
    await page.goto(`${url}/organizations/acme/settings/members`);
    await page.getByRole("button", { name: `Remove ${MIA.email}` }).click();
    const checkbox = page.getByRole("checkbox", { name: /Also revoke the organization token they created/ });
    expect(await checkbox.isChecked()).toBe(false);
    if (revokes) await checkbox.check();
    if (screenshot !== undefined) await checkPage(page, screenshot);
    await page.getByRole("button", { name: "Remove member" }).click();
    await page.getByText(`${MIA.email} is no longer a member.`).waitFor();
  }

  test.each(["light", "dark"] as const)(
    "removing a member offers to revoke their organization tokens, and marks the remaining ones: %s",
    async (colorScheme) => {
      let token = "";
      await world.visitAs(MIA, { colorScheme }, async (page) => {
        token = await createToken(page, "tokens.create", { organization: "acme", name: `Nightly ${colorScheme}` });
      });
      const problems = await world.visitAs(OWNER, { colorScheme }, async (page) => {
        await remove(page, `member-remove-${colorScheme}`);
        expect(await status(token)).toBe(200);
        await page.goto(`${url}/organizations/acme/settings/tokens`);
        await page.getByText("1 was created by a former member: revoke or rotate it.").waitFor();
        await row(page, `Nightly ${colorScheme}`).getByText("former member").waitFor();
        await checkPage(page, `tokens-of-gone-${colorScheme}`);

        await makeOwner(MIA.email, MIA.password);
        await remove(page, undefined, true);
        expect(await status(token)).toBe(401);
        await makeOwner(MIA.email, MIA.password);
      });
      expect(problems).toEqual([]);
    },
  );

  test.each(["light", "dark"] as const)(
    "a changed password replaces the session, and revokes tokens if asked to: %s",
    async (colorScheme) => {
      await world.visitAs(NOA, { colorScheme }, async (elsewhere) => {
        const problems = await world.visit({ colorScheme }, async (page) => {
          await page.goto(`${url}/sign-in?next=/account`);
          await page.getByLabel("Email address").fill(NOA.email);
          await page.locator("input[name=password]").fill(NOA.password);
          await page.getByRole("button", { name: "Sign in" }).click();
          await page.waitForURL(`${url}/account`);
          const token = await createToken(page, "me.createToken", { name: "laptop", scopes: ["org:read", "project:read"] });
          const cookie = async () => (await page.context().cookies()).find(({ name }) => name === "landfall.session_token")?.value;
          const before = await cookie();
          const change = async (current: string, next: string) => {
            await page.getByLabel("Current password").fill(current);
            await page.getByLabel("New password", { exact: true }).fill(next);
            await page.getByLabel("Confirm new password").fill(next);
            await page.getByRole("button", { name: "Change password" }).click();
          };
          await change(NOA.password, "password123");
          await page.getByText("This is one of the most common passwords. Choose another one.").waitFor();
          await page.getByRole("checkbox", { name: "Also revoke my personal tokens" }).check();
          await checkPage(page, `account-password-${colorScheme}`);
          await change(NOA.password, "another horse battery");
          await page.getByText("Password changed. You were signed out everywhere else. 1 token was revoked.").waitFor();
          expect(await status(token)).toBe(401);
          expect(await cookie()).not.toBe(before);
          await page.reload();
          await page.getByRole("heading", { name: "Sessions" }).waitFor();
          await change("another horse battery", NOA.password);
          await page.getByText("Password changed.").waitFor();
        });
        expect(problems).toEqual([]);
        await elsewhere.goto(`${url}/account`);
        expect(new URL(elsewhere.url()).pathname).toBe("/sign-in");
      });
      world.forget(NOA.email);
    },
  );

  test.each(["light", "dark"] as const)("a setup link shows when it expires, and that it has expired: %s", async (colorScheme) => {
    const { stdout } = await runAdmin(world.dataDir, "setup-link", "--org", "acme");
    const problems = await world.visit({ colorScheme }, async (page) => {
      await page.goto(stdout.trim().replace(/^http:\/\/[^/]+/, url));
      await page.getByText(/This link works once\s+and expires in 7 d/).waitFor();
      await checkPage(page, `setup-expires-${colorScheme}`);
      useDatabase(world.dataDir, (db) => db.prepare("update setup_links set date_created = date_created - ?").run(7 * DAY));
      await page.reload();
      await page.getByText("It has expired. Setup links are valid for 7 days.").waitFor();
      await checkPage(page, `setup-expired-${colorScheme}`);
    });
    expect(problems).toEqual([]);
  });

  test("the organization decides whether all members can create its tokens", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${url}/organizations/acme/settings`);
      expect(await page.getByRole("radio", { name: /Managers and owners create them/ }).isChecked()).toBe(true);
      await page.getByRole("radio", { name: /Every member/ }).check();
      await page.getByRole("button", { name: "Save" }).click();
      await page.getByText("Organization updated.").waitFor();
      await page.reload();
      expect(await page.getByRole("radio", { name: /Every member/ }).isChecked()).toBe(true);
    });
    expect(problems).toEqual([]);
  });
});
