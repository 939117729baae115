import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

const FIX = "4812aaaa".padEnd(40, "1");
const OTHER = "4812aaaa".padEnd(40, "2");

describe.runIf(hasBrowser)("search for a change", () => {
  let world: BrowserWorld;
  let organization: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    organization = `${world.server.url}/organizations/acme`;
    const release = (version: string, commits: readonly object[]) =>
      world.rest("POST", "/organizations/acme/releases/", { version, projects: ["web"], commits });
    const deploy = (version: string, environment: string) =>
      world.rest("POST", `/organizations/acme/releases/${encodeURIComponent(version)}/deploys/`, { environment });
    const by = { author_name: "Grace Hopper", author_email: "grace@acme.test", repository: "acme/web" };
    const patch_set = [
      { path: "src/login/form.ts", type: "M" },
      { path: "src/login/form.test.ts", type: "A" },
    ];
    await release("web@4.3.0", [{ ...by, id: OTHER, message: "feat: remember who was here" }]);
    await deploy("web@4.3.0", "dev");
    await deploy("web@4.3.0", "qa");
    await release("web@4.3.1", [{ ...by, id: FIX, message: "Fix login (#4812)\n\nThe session was lost on Sundays.", patch_set }]);
    for (const environment of ["dev", "staging", "production"]) await deploy("web@4.3.1", environment);
    await release("web@4.4.0", [{ ...by, id: "b".repeat(40), message: "feat: board" }]);
    await deploy("web@4.4.0", "staging");
    await deploy("web@4.3.0", "dev");
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const LOCATION =
    "live in production since just now (web@4.3.1), in staging in a later version (web@4.4.0), not yet in qa (still web@4.3.0), no longer in dev (now web@4.3.0)";

  test("finds a change from any page by keyboard", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/board`, { waitUntil: "networkidle" });
      // Keys that are pressed before the scripts have loaded must not get lost.
      for (const key of "/#4812") await page.keyboard.press(key);
      const field = page.getByRole("combobox");
      await field.waitFor();
      expect(await field.inputValue()).toBe("#4812");
      const line = page.getByRole("option", { name: /Fix login/ });
      await line.waitFor();
      expect((await line.innerText()).replaceAll(/for \d+ \w+/g, "since just now")).toContain(LOCATION);
      expect(await page.getByRole("dialog").innerText()).toContain("Searched as a pull request or ticket number.");
      expect(await page.getByRole("dialog").innerText()).toContain("There are no older commits");
      expect(await line.getAttribute("aria-selected")).toBe("true");
      expect(await field.getAttribute("aria-activedescendant")).toBe(await line.getAttribute("id"));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name: "Fix login (#4812)" }).waitFor();
      expect(new URL(page.url()).pathname).toBe(`/organizations/acme/commits/${FIX}`);
      const main = await page.locator("main").innerText();
      expect(main).toContain("Live in production");
      expect(main).toContain("The session was lost on Sundays.");
      expect(main).toContain("src/login/form.test.ts");
      expect(await page.getByRole("dialog").count()).toBe(0);
    });
    expect(problems).toEqual([]);
  });

  test("wraps around with arrow keys, closes with Escape, and restores the focus", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/board`, { waitUntil: "networkidle" });
      const link = page.getByRole("link", { name: "Releases", exact: true });
      await link.focus();
      await page.keyboard.press("Control+k");
      const chosen = page.getByRole("option", { selected: true });
      expect(await chosen.innerText()).toContain("Go to Home");
      await page.keyboard.press("ArrowUp");
      expect(await chosen.innerText()).toContain("Settings: About");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      expect(await chosen.innerText()).toContain("Go to Releases");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect(await link.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("board");
      await page.keyboard.press("Control+k");
      await page.getByRole("dialog").waitFor({ state: "detached" });
    });
    expect(problems).toEqual([]);
  });

  test("opens what was typed last on Enter", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(organization, { waitUntil: "networkidle" });
      await page.keyboard.press("/");
      await page.getByRole("combobox").fill("#4812");
      await page.getByRole("option", { name: /Fix login/ }).waitFor();
      // The next request gets no response.
      await page.route("**/api/trpc/**", () => {});
      await page.keyboard.type("3");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${organization}/search?q=${encodeURIComponent("#48123")}`);
      await page.getByText("No commits match “#48123”").waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("opens a page by name, and a list keeps / for its own search", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/people`, { waitUntil: "networkidle" });
      await page.keyboard.press("/");
      expect(await page.getByRole("searchbox").evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await page.getByRole("dialog").count()).toBe(0);
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").waitFor();
      await page.keyboard.type("bo");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${organization}/board`);
    });
    expect(problems).toEqual([]);
  });

  test.each([
    ["#4812", "Fix login (#4812)"],
    ["4812aaaa1", "Fix login (#4812)"],
    ["src/login", "Fix login (#4812)"],
    ["login fix", "Fix login (#4812)"],
  ])("%s shows the status in one line, also without scripts", async (text, subject) => {
    const problems = await world.visitAs(OWNER, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${organization}/search`);
      await page.getByRole("searchbox").fill(text);
      await page.getByRole("button", { name: "Search", exact: true }).click();
      const status = await page.locator("main p").first().innerText();
      expect(status.replaceAll(/for \d+ \w+/g, "since just now")).toBe(`${subject} — ${LOCATION}.`);
      expect(await page.getByRole("searchbox").inputValue()).toBe(text);
    });
    expect(problems).toEqual([]);
  });

  test("shows all commits of an ambiguous hash prefix", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/commits/4812aaaa`);
      await page.getByRole("heading", { name: "Several commits match" }).waitFor();
      expect(await page.locator("main").innerText()).toContain("2 commits begin with these digits.");
      await page.getByRole("link", { name: "feat: remember who was here" }).click();
      await page.getByRole("heading", { level: 1, name: "feat: remember who was here" }).waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("reports an unknown hash as not found", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      for (const sha of ["nothing", "0".repeat(40), "f".repeat(70)]) {
        expect((await page.goto(`${organization}/commits/${sha}`))?.status(), sha).toBe(404);
      }
    });
    expect(problems.filter((text) => !text.includes("404"))).toEqual([]);
  });

  test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
      const pages = {
        examples: "/search",
        found: "/search?q=4812aaaa",
        version: "/search?q=4.3.1",
        nothing: "/search?q=nothing-of-it",
        commit: `/commits/${FIX}`,
        candidates: "/commits/4812aaaa",
      };
      for (const [kind, path] of Object.entries(pages)) {
        await page.goto(organization + path);
        await checkPage(page, `search-${kind}-${colorScheme}-${name}`);
      }
      await page.goto(organization, { waitUntil: "networkidle" });
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("4812aaaa");
      await page.getByRole("option", { name: /Fix login/ }).waitFor();
      await checkPage(page, `search-palette-${colorScheme}-${name}`);
    });
    expect(problems).toEqual([]);
  });
});
