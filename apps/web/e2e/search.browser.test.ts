import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { lookAt } from "./look-at.ts";
import { VIEWS } from "./views.ts";

const FIX = "4812aaaa".padEnd(40, "1");
const OTHER = "4812aaaa".padEnd(40, "2");

describe.runIf(hasBrowser)("my fix: is it out?", () => {
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

  const ANSWER =
    "live in production since just now (web 4.3.1), in staging by a later version (web 4.4.0), not yet in qa (still web 4.3.0), gone from dev (now web 4.3.0)";

  test("by the keyboard alone, from any page", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/board`, { waitUntil: "networkidle" });
      // Faster than any script comes.
      for (const key of "/#4812") await page.keyboard.press(key);
      const field = page.getByRole("combobox");
      await field.waitFor();
      expect(await field.inputValue()).toBe("#4812");
      const line = page.getByRole("option", { name: /Fix login/ });
      await line.waitFor();
      expect((await line.innerText()).replaceAll(/for \d+ \w+/g, "since just now")).toContain(ANSWER);
      expect(await page.getByRole("dialog").innerText()).toContain("Understood as the number of a request or ticket.");
      expect(await page.getByRole("dialog").innerText()).toContain("all there are");
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
    expect(said).toEqual([]);
  });

  test("the arrows go round, Esc closes, and the focus is where it was", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/board`, { waitUntil: "networkidle" });
      const link = page.getByRole("link", { name: "Releases", exact: true });
      await link.focus();
      await page.keyboard.press("Control+k");
      const chosen = page.getByRole("option", { selected: true });
      expect(await chosen.innerText()).toContain("Go to Home");
      await page.keyboard.press("ArrowUp");
      expect(await chosen.innerText()).toContain("Your account");
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
    expect(said).toEqual([]);
  });

  test("what was typed last is what Enter opens", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(organization, { waitUntil: "networkidle" });
      await page.keyboard.press("/");
      await page.getByRole("combobox").fill("#4812");
      await page.getByRole("option", { name: /Fix login/ }).waitFor();
      // The answer to the next question never comes.
      await page.route("**/api/trpc/**", () => {});
      await page.keyboard.type("3");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${organization}/search?q=${encodeURIComponent("#48123")}`);
      await page.getByText("No commit was found for “#48123”").waitFor();
    });
    expect(said).toEqual([]);
  });

  test("a page goes by its name, and a list keeps / for its own search", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
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
    expect(said).toEqual([]);
  });

  test.each([
    ["#4812", "Fix login (#4812)"],
    ["4812aaaa1", "Fix login (#4812)"],
    ["src/login", "Fix login (#4812)"],
    ["login fix", "Fix login (#4812)"],
  ])("%s is answered in one line, without scripts as well", async (text, subject) => {
    const said = await world.visitAs(OWNER, { javaScriptEnabled: false }, async (page) => {
      await page.goto(`${organization}/search`);
      await page.getByRole("searchbox").fill(text);
      await page.getByRole("button", { name: "Search" }).click();
      const answer = await page.locator("main p").first().innerText();
      expect(answer.replaceAll(/for \d+ \w+/g, "since just now")).toBe(`${subject} — ${ANSWER}.`);
      expect(await page.getByRole("searchbox").inputValue()).toBe(text);
    });
    expect(said).toEqual([]);
  });

  test("digits that two commits begin with show both", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/commits/4812aaaa`);
      await page.getByRole("heading", { name: "Which of these commits?" }).waitFor();
      expect(await page.locator("main").innerText()).toContain("2 commits begin with these digits.");
      await page.getByRole("link", { name: "feat: remember who was here" }).click();
      await page.getByRole("heading", { level: 1, name: "feat: remember who was here" }).waitFor();
    });
    expect(said).toEqual([]);
  });

  test("a hash that is none is not found", async () => {
    const said = await world.visitAs(OWNER, {}, async (page) => {
      for (const sha of ["nothing", "0".repeat(40), "f".repeat(70)]) {
        expect((await page.goto(`${organization}/commits/${sha}`))?.status(), sha).toBe(404);
      }
    });
    expect(said.filter((text) => !text.includes("404"))).toEqual([]);
  });

  test.each(VIEWS)("its pages fit and are accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
    const said = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
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
        await lookAt(page, `search-${kind}-${colorScheme}-${name}`);
      }
      await page.goto(organization, { waitUntil: "networkidle" });
      await page.keyboard.press("Control+k");
      await page.getByRole("combobox").fill("4812aaaa");
      await page.getByRole("option", { name: /Fix login/ }).waitFor();
      await lookAt(page, `search-palette-${colorScheme}-${name}`);
    });
    expect(said).toEqual([]);
  });
});
