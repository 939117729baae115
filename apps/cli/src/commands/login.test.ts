import { readFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { loginPath, readLogin, writeLogin } from "../settings/login-file.ts";
import { PLAIN } from "../terminal/output.ts";
import { login, whoami } from "./login.ts";

describe("login", () => {
  let cli: ServedCli;
  let folder: Awaited<ReturnType<typeof scratchFolder>>;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  beforeEach(async () => {
    folder = await scratchFolder();
  });
  afterEach(() => folder[Symbol.asyncDispose]());

  /** No settings in the environment. */
  const NOTHING = { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "", SENTRY_ORG: "", SENTRY_PROJECT: "" };

  const context = (env: Record<string, string>, more: Parameters<ServedCli["context"]>[0] = {}) =>
    cli.context({ ...more, home: folder.path, env: { ...NOTHING, ...env } });

  describe("login", () => {
    test("checks and saves the token, with the only organization", async () => {
      const done = await login.run(context({ LANDFALL_URL: `${cli.url}/`, LANDFALL_TOKEN: cli.token }), {});
      expect(done).toMatchObject({ url: cli.url, user: "olga@acme.test", organization: "acme" });
      const runtime = { env: {}, home: folder.path };
      expect(await readLogin(runtime)).toEqual({ url: cli.url, token: cli.token, organization: "acme" });
      const text = done ? login.print(done, PLAIN) : "";
      expect(text).toBe(`Logged in to ${cli.url} as olga@acme.test, organization acme. Saved in ${loginPath(runtime)}.`);
      expect(JSON.stringify(done)).not.toContain(cli.token);
    });

    test("prompts for a token", async () => {
      const done = await login.run(context({ SENTRY_URL: cli.url }, { secret: ` ${cli.token}\n` }), {});
      expect(done?.user).toBe("olga@acme.test");
    });

    test("accepts an organization token and a given organization", async () => {
      const done = await login.run(context({ SENTRY_URL: cli.url, SENTRY_AUTH_TOKEN: cli.ciToken, SENTRY_ORG: "named" }), {});
      expect(done).toMatchObject({ user: null, organization: "named" });
      expect(done && login.print(done, PLAIN)).toContain("with an organization token");
    });

    test("saves no organization if there are several", async () => {
      await cli.app.given.organization("second");
      await cli.app.given.user("two@acme.test", { organization: "acme" });
      const done = await login.run(
        context({ SENTRY_URL: cli.url, SENTRY_AUTH_TOKEN: await cli.app.given.userToken("two@acme.test", ["team:read"]) }),
        {},
      );
      expect(done?.organization).toBeNull();
    });

    test("saves nothing for an invalid token", async () => {
      const failed = login.run(context({ SENTRY_URL: cli.url, SENTRY_AUTH_TOKEN: `sntryu_${"0".repeat(64)}` }), {});
      await expect(failed).rejects.toMatchObject({ code: "unauthenticated" });
      expect(await readLogin({ env: {}, home: folder.path })).toBeNull();
    });

    test("prompts again if a login exists", async () => {
      await writeLogin({ env: {}, home: folder.path }, { url: cli.url, token: "sntryu_old", organization: "acme" });
      const ran = await cli.run(["login"], { home: folder.path, env: NOTHING, secret: cli.token });
      expect(ran).toMatchObject({ exit: 0, err: "" });
      expect(await readFile(loginPath({ env: {}, home: folder.path }), "utf8")).toContain(cli.token);
    });

    test("is used by other commands", async () => {
      await cli.run(["login", "--url", cli.url], { home: folder.path, env: NOTHING, secret: cli.token });
      const ran = await cli.run(["projects", "list", "--json"], { home: folder.path, env: NOTHING });
      expect(ran.exit).toBe(0);
      expect(JSON.parse(ran.out)).toMatchObject([{ slug: "api" }, { slug: "web" }]);
    });

    test.each([
      ["no token", { LANDFALL_URL: "https://lf.test" }, "", "The token is empty"],
      ["no server", {}, "sntryu_x", "No server configured"],
    ])("reports the cause: %s", async (_, env, secret, message) => {
      await expect(login.run(context(env, { secret }), {})).rejects.toMatchObject({
        exit: "input",
        message: expect.stringContaining(message),
      });
    });

    test("saves nothing in a dry run and prints no token", async () => {
      const dry = context({ SENTRY_URL: cli.url, SENTRY_AUTH_TOKEN: cli.token }, { isDryRun: true });
      await login.run(dry, {});
      expect(dry.planned).toEqual([{ call: `file ${loginPath(dry.runtime)}`, input: { url: cli.url, organization: "acme" } }]);
      expect(await readLogin(dry.runtime)).toBeNull();
    });
  });
});

describe("whoami", () => {
  let cli: ServedCli;

  beforeAll(async () => {
    cli = await serveCli();
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  describe("whoami", () => {
    test("shows the user and the sources of the settings", async () => {
      const identity = await whoami.run(cli.context({ env: { LANDFALL_ORG: "acme" } }), {});
      expect(identity).toMatchObject({ kind: "user", user: { email: "olga@acme.test" }, url: cli.url, organization: "acme" });
      expect(identity?.sources).toEqual({ url: "SENTRY_URL", token: "SENTRY_AUTH_TOKEN", organization: "LANDFALL_ORG" });
      const text = identity ? whoami.print(identity, PLAIN) : "";
      expect(text).toContain("personal token of Olga <olga@acme.test> (SENTRY_AUTH_TOKEN)");
      expect(text).toMatch(/scopes: +.*project:releases/);
      expect(JSON.stringify(identity)).not.toContain(cli.token);
    });

    test("shows an organization token", async () => {
      const identity = await whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: cli.ciToken, SENTRY_ORG: "" } }), {});
      expect(identity).toMatchObject({ kind: "organization", user: null, scopes: ["org:ci"] });
      expect(identity && whoami.print(identity, PLAIN)).toMatch(/token: +organization token/);
    });

    test("rejects an invalid or missing token", async () => {
      await expect(whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: "sntryu_no" } }), {})).rejects.toMatchObject({
        code: "unauthenticated",
      });
      await expect(whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: "" } }), {})).rejects.toMatchObject({
        exit: "auth",
        hint: expect.stringContaining("landfall login"),
      });
    });
  });
});
