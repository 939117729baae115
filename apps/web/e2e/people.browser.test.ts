import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Page } from "playwright-core";
import { type BrowserWorld, browserWorld, hasBrowser, OWNER } from "./browser-world.ts";
import { checkPage } from "./check-page.ts";
import { VIEWS } from "./views.ts";

describe.runIf(hasBrowser)("people and projects", () => {
  let world: BrowserWorld;
  let organization: string;
  beforeAll(async () => {
    world = await browserWorld({ projects: ["web", "api"] });
    organization = `${world.server.url}/organizations/acme`;
  });
  afterAll(() => world[Symbol.asyncDispose]());

  const listed = (page: Page) => page.locator("a[data-open]").allInnerTexts();

  test("explains empty lists before the first commit", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      await page.goto(`${organization}/people`);
      await page.getByText("No contributors yet").waitFor();
      await checkPage(page, "people-none");
      await page.goto(`${organization}/projects/web`);
      await page.getByText("No releases yet").waitFor();
      expect(await page.getByLabel("A first release with sentry-cli").innerText()).toContain("export SENTRY_PROJECT=web");
      await checkPage(page, "project-none");
      await page.goto(`${organization}/projects?q=mobile`);
      await page.getByText("No projects match “mobile”").waitFor();
    });
    expect(problems).toEqual([]);
  });

  test("handles invalid URLs", async () => {
    const problems = await world.visitAs(OWNER, {}, async (page) => {
      const statuses: Record<string, number | undefined> = {};
      const invalid = ["/people?cursor=x", "/projects?cursor=x", "/search?q=a&cursor=x", `/search?q=${"a".repeat(300)}`, "/people?kind=x"];
      const missing = [`/people/${"a".repeat(300)}`, "/people/%00", "/people/%E0%A4%A", "/projects/none", `/projects/${"1".repeat(40)}`];
      for (const path of [...invalid, ...missing]) statuses[path] = (await page.goto(organization + path))?.status();
      expect(statuses).toEqual(Object.fromEntries([...invalid.map((path) => [path, 200]), ...missing.map((path) => [path, 404])]));
    });
    expect(problems.filter((text) => !text.includes("404"))).toEqual([]);
  });

  describe("with commits", () => {
    beforeAll(async () => {
      const commit = (id: string, author_name: string, author_email: string) => ({
        id: id.repeat(40),
        message: `fix: ${id}`,
        author_name,
        author_email,
        repository: "acme/web",
      });
      await world.rest("POST", "/organizations/acme/releases/", {
        version: "web@1.0.0",
        projects: ["web"],
        commits: [
          commit("a", "Ada Lovelace", "ada@acme.test"),
          commit("b", "ada", "ada@home.test"),
          commit("c", "ada", "ada@old.test"),
          commit("d", "Grace Hopper", "grace@acme.test"),
          commit("e", "renovate[bot]", "bot@renovate.test"),
        ],
      });
      await world.rest("POST", "/organizations/acme/releases/web%401.0.0/deploys/", { environment: "production" });
    });

    test("lists bots separately", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(`${organization}/people`);
        expect(await listed(page)).toEqual(["ada", "ada", "Ada Lovelace", "Grace Hopper"]);
        await page.getByRole("link", { name: "Bots" }).click();
        await expect.poll(() => listed(page)).toEqual(["renovate[bot]"]);
      });
      expect(problems).toEqual([]);
    });

    test("merges contributors, undoes it, and separates an address", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        const merge = async () => {
          for (const email of ["ada@home.test", "ada@acme.test", "ada@old.test"]) {
            await page.getByRole("checkbox", { name: new RegExp(email) }).check();
          }
          await page.getByRole("button", { name: "Merge into…" }).click();
          await page.getByRole("radio", { name: /Ada Lovelace/ }).check();
          await checkPage(page, "people-merge");
          await page.getByRole("button", { name: "Merge", exact: true }).click();
          await expect.poll(() => listed(page)).toEqual(["Ada Lovelace", "Grace Hopper"]);
        };
        await page.goto(`${organization}/people`);
        await page.getByRole("checkbox", { name: /grace@/ }).check();
        expect(await page.getByRole("group", { name: "Selection" }).innerText()).toContain("Select another entry of the same person.");
        await page.getByRole("button", { name: "Clear selection" }).click();
        await merge();
        await page.getByText("Merged into Ada Lovelace.").waitFor();
        await page.getByRole("button", { name: "Undo" }).click();
        await expect.poll(() => listed(page)).toEqual(["ada", "ada", "Ada Lovelace", "Grace Hopper"]);
        await merge();
        await page.getByRole("link", { name: "Ada Lovelace" }).click();
        await page.getByRole("heading", { level: 1, name: "Ada Lovelace" }).waitFor();
        expect(await page.getByRole("region", { name: "Last commits" }).getByRole("listitem").count()).toBe(3);
        const activity = page.getByRole("region", { name: "Commits and deploys per week" });
        await activity.getByText("Show as table").click();
        expect(await activity.locator("tbody tr").first().innerText()).toMatch(/\s3\s+0$/);
        await page.getByRole("button", { name: "Separate ada@home.test" }).click();
        await page.getByRole("button", { name: "Separate", exact: true }).click();
        await page.getByText("Separated ada@home.test.").waitFor();
        await expect.poll(() => page.getByRole("region", { name: "Last commits" }).getByRole("listitem").count()).toBe(2);
      });
      expect(problems).toEqual([]);
    });

    test("previews and imports a .mailmap", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(`${organization}/people`);
        await page.getByRole("link", { name: "Import .mailmap" }).click();
        const text =
          "Rear Admiral Grace Hopper <grace@acme.test>\nAda Lovelace <ada@acme.test> <ada@home.test>\nnot a line\nX <x@y.test> <z@y.test>\n";
        await page.getByLabel("Choose a file").setInputFiles({ name: ".mailmap", mimeType: "text/plain", buffer: Buffer.from(text) });
        const field = page.getByLabel("Content of .mailmap");
        await expect.poll(() => field.inputValue()).toBe(text);
        await page.getByRole("button", { name: "Preview" }).click();
        await page.getByText("1 address would be merged, 1 name would be corrected.").waitFor();
        expect(await page.locator("main").innerText()).toContain("Line 3:");
        expect(await field.inputValue()).toBe(text);
        await checkPage(page, "peoplemailmap-preview");
        await page.getByRole("button", { name: "Import", exact: true }).click();
        await page.getByText("1 address was merged, 1 name was corrected.").waitFor();
        await page.goto(`${organization}/people`);
        expect(await listed(page)).toEqual(["Ada Lovelace", "Rear Admiral Grace Hopper"]);
      });
      expect(problems).toEqual([]);
    });

    test("a project shows current versions, cadence, and contributors", async () => {
      const problems = await world.visitAs(OWNER, {}, async (page) => {
        await page.goto(`${organization}/projects`);
        const web = page.getByRole("row", { name: /^web/ });
        expect(await web.innerText()).toMatch(/production\s*web@1\.0\.0/);
        await web.getByRole("img", { name: /^1 release in the last 12 weeks, 1 of them this week$/ }).waitFor();
        await web.getByRole("link", { name: "web", exact: true }).click();
        await page.getByRole("heading", { level: 1, name: "web" }).waitFor();
        expect(await page.getByRole("region", { name: "Current versions" }).innerText()).toContain("web@1.0.0");
        expect(await page.getByRole("region", { name: "Contributors" }).innerText()).toContain("Grace Hopper");
        const cadence = page.getByRole("region", { name: "Releases and deploys per week" });
        await cadence.locator(".recharts-bar-rectangle path").first().waitFor();
        await cadence.getByText("Show as table").click();
        const weeks = cadence.locator("tbody tr");
        // Weeks before the first release or deploy are left out.
        expect(await weeks.count()).toBe(1);
        expect(await weeks.first().innerText()).toMatch(/\s1\s+1$/);
      });
      expect(problems).toEqual([]);
    });

    test.each(VIEWS)("fits and is accessible: $colorScheme, $name", async ({ colorScheme, name, viewport }) => {
      const problems = await world.visitAs(OWNER, { colorScheme, viewport }, async (page) => {
        const pages = {
          people: "/people",
          person: "/people/ada%40acme.test",
          mailmap: "/people/mailmap",
          projects: "/projects",
          project: "/projects/web",
        };
        for (const [kind, path] of Object.entries(pages)) {
          await page.goto(organization + path);
          if (kind === "project") await page.locator(".recharts-bar-rectangle path").first().waitFor();
          await checkPage(page, `${kind}-${colorScheme}-${name}`);
        }
      });
      expect(problems).toEqual([]);
    });
  });
});
