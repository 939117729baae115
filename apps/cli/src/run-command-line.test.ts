import { once } from "node:events";
import { createServer } from "node:https";
import type { AddressInfo } from "node:net";
import { VALID_CERTIFICATE } from "@landfall/testing/network/tls-certificates";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder, type ScratchRepository, scratchRepository } from "../test/scratch-repository.ts";
import { serveCli, type ServedCli } from "../test/serve-cli.ts";
import { testRuntime } from "../test/test-runtime.ts";
import { printFailure, printOutcome, printPlan } from "./run-command-line.ts";
import { writeLogin } from "./settings/login-file.ts";

describe("run command line", () => {
  let cli: ServedCli;

  beforeAll(async () => {
    cli = await serveCli();
    await cli.client.releases.create.mutate({ organization: "acme", version: "line@1", projects: ["web"] });
  });
  afterAll(() => cli[Symbol.asyncDispose]());

  beforeEach(() => {
    cli.intercept = () => null;
  });

  /** A placeholder for the URL of an unreachable server, which is known only when the tests run. */
  const DOWN = { SENTRY_URL: "down" };
  const known = (env: Record<string, string>) => (env["SENTRY_URL"] === "down" ? { ...env, SENTRY_URL: cli.downUrl } : env);

  const error = (out: string): { code: string; message: string; hint: string; issues: unknown[] } =>
    (JSON.parse(out) as { error: never }).error;

  describe("exit codes", () => {
    test.each<[number, string, readonly string[], Record<string, string>]>([
      [0, "done", ["releases", "show", "line@1"], {}],
      [0, "help", ["--help"], {}],
      [0, "help of a command", ["releases", "list", "--help"], {}],
      [0, "the version", ["--version"], {}],
      [2, "no command", [], {}],
      [2, "a group without a command", ["releases"], {}],
      [2, "an unknown command", ["relases", "list"], {}],
      [2, "an unknown option", ["releases", "list", "--colour"], {}],
      [2, "a missing argument", ["releases", "new"], {}],
      [2, "too many arguments", ["releases", "new", "a", "b"], {}],
      [2, "an invalid value", ["releases", "list", "--limit", "many"], {}],
      [2, "options that cannot be combined", ["releases", "set-commits", "x", "--clear", "--auto"], {}],
      [10, "no token", ["releases", "list"], { SENTRY_AUTH_TOKEN: "" }],
      [10, "an invalid token", ["releases", "list"], { SENTRY_AUTH_TOKEN: "sntryu_no" }],
      [20, "no server", ["releases", "list"], { SENTRY_URL: "" }],
      [20, "an invalid URL", ["releases", "list"], { SENTRY_URL: "landfall" }],
      [20, "input that the server rejects", ["releases", "new", "a/b"], {}],
      [21, "an unknown release", ["releases", "show", "none"], {}],
      [21, "an unknown organization", ["releases", "list"], { SENTRY_ORG: "none" }],
      [22, "a slug that is taken", ["projects", "create", "web"], {}],
      [30, "an unreachable server", ["releases", "new", "x"], DOWN],
    ])("%i: %s", async (exit, _, argv, env) => {
      const ran = await cli.run(argv, { env: known(env) });
      expect(ran.exit).toBe(exit);
      if (exit !== 0) expect(ran.err).not.toBe("");
    });

    test("10: a token without the scope", async () => {
      const ran = await cli.run(["releases", "delete", "line@1"], { env: { SENTRY_AUTH_TOKEN: cli.ciToken } });
      expect(ran).toMatchObject({ exit: 10, err: expect.stringContaining("landfall whoami") });
    });

    test.each([
      [31, 500],
      [31, 503],
      [31, 429],
      [30, 404],
      [20, 413],
    ])("%i: status %i from a proxy", async (exit, status) => {
      cli.intercept = () => new Response("<html>", { status });
      expect((await cli.run(["releases", "archive", "line@1"])).exit).toBe(exit);
    });

    test("30: a server whose certificate this machine does not trust", async () => {
      const server = createServer(VALID_CERTIFICATE);
      await once(server.listen(0, "127.0.0.1"), "listening");
      const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const ran = await cli.run(["releases", "new", "x", "--server", url]);
      server.close();
      expect(ran).toMatchObject({
        exit: 30,
        out: "",
        err: expect.stringContaining(`Cannot reach ${url}: its TLS certificate is not signed by an authority that this machine trusts. `),
      });
    });

    test("130: interrupted", async () => {
      const ran = await cli.run(["ship", "--allow-failure"], { signal: AbortSignal.abort() });
      expect(ran.exit).toBe(130);
    });
  });

  describe("output", () => {
    test("prints results to stdout and messages to stderr", async () => {
      expect(await cli.run(["releases", "list", "line@1", "--limit", "1"])).toMatchObject({
        err: "",
        out: expect.stringMatching(/^VERSION .*\nline@1 .*\n$/),
      });
    });

    test("prints only one JSON document with --json", async () => {
      const ran = await cli.run(["releases", "show", "line@1", "--json"]);
      expect(ran.err).toBe("");
      expect(JSON.parse(ran.out)).toMatchObject({ version: "line@1", projects: [{ slug: "web" }] });
    });

    test("prints a failure to both streams with --json", async () => {
      const ran = await cli.run(["releases", "new", "a/b", "--json"]);
      expect(error(ran.out)).toMatchObject({
        code: "invalid",
        issues: [{ path: "version", message: "Release with name a/b is not allowed" }],
      });
      expect(ran.err).toBe("error: The server rejected the input.\n  version: Release with name a/b is not allowed\n");
    });

    test("prints a hint after a failure", async () => {
      const ran = await cli.run(["releases", "list"], { env: { SENTRY_AUTH_TOKEN: "" } });
      expect(ran.err).toBe(
        `error: No token configured for ${cli.url}.\nSet SENTRY_AUTH_TOKEN or LANDFALL_TOKEN, use --token, or run \`landfall login\`.\n`,
      );
      expect(ran.out).toBe("");
    });

    test("hides messages and confirmations, but not results, with --quiet", async () => {
      expect(await cli.run(["releases", "update", "line@1", "--ref", "main", "--quiet"])).toMatchObject({ exit: 0, out: "", err: "" });
      expect((await cli.run(["releases", "list", "-q"])).out).toContain("line@1");
      expect((await cli.run(["releases", "update", "line@1", "--ref", "main", "-q", "--json"])).out).toContain('"ref": "main"');
      expect((await cli.run(["tokens", "create", "quiet", "-q"])).out).toMatch(/^sntrys_\S+\n$/);
      expect((await cli.run(["releases", "show", "none", "-q"])).err).toContain("error:");
    });

    test("removes control characters from server responses", async () => {
      await cli.client.releases.create.mutate({ organization: "acme", version: "esc", projects: ["web"], ref: "\u001b[31mred\u0007" });
      const ran = await cli.run(["releases", "show", "esc"]);
      expect(ran.out).not.toContain("\u001b");
      expect(ran.out).toContain("\ufffd[31mred");
      expect(JSON.parse((await cli.run(["releases", "show", "esc", "--json"])).out)).toMatchObject({ ref: "\u001b[31mred\u0007" });
    });

    test("uses colors only on terminals", async () => {
      const argv = ["releases", "list"];
      expect((await cli.run(argv, { isTerminal: true })).out).toContain("\u001b[1mVERSION");
      expect((await cli.run(argv, { isTerminal: true, env: { NO_COLOR: "1" } })).out).not.toContain("\u001b");
    });

    test("never prints a token", async () => {
      for (const argv of [["whoami"], ["whoami", "--json"], ["releases", "list", "--json"], ["projects", "list"]]) {
        const { out, err } = await cli.run(argv);
        expect(out + err).not.toContain(cli.token);
      }
      const odd = await cli.run(["whoami"], { env: { SENTRY_AUTH_TOKEN: "secret token" } });
      expect(odd.err).not.toContain("secret token");
      expect(odd.exit).toBe(20);
    });
  });

  describe("options", () => {
    test("are accepted before and after the command", async () => {
      const env = { SENTRY_ORG: "", SENTRY_URL: "", SENTRY_AUTH_TOKEN: "" };
      const where = ["--server", cli.url, "--token", cli.token, "-o", "acme"];
      for (const argv of [
        [...where, "projects", "list", "--json"],
        ["projects", ...where, "list", "--json"],
        ["projects", "list", "--json", ...where],
        ["--json", ...where, "projects", "list"],
        ["--url", cli.url, ...where.slice(2), "projects", "list", "--json"],
        ["projects", "list", "--json", "--url", cli.url, ...where.slice(2)],
      ]) {
        const ran = await cli.run(argv, { env });
        expect([argv, ran.exit, ran.err]).toEqual([argv, 0, ""]);
        expect(JSON.parse(ran.out)).toHaveLength(2);
      }
    });

    test("the innermost one wins", async () => {
      expect((await cli.run(["--org", "none", "projects", "list", "--org", "acme"])).exit).toBe(0);
    });

    test("repeated projects are collected from all positions", async () => {
      const ran = await cli.run(["-p", "web", "releases", "new", "two@1", "-p", "api", "--json"]);
      expect(JSON.parse(ran.out)).toMatchObject({ release: { projects: [{ slug: "web" }, { slug: "api" }] } });
    });

    test("--url before the command is the server, after it the command's own", async () => {
      const argv = ["--url", cli.url, "releases", "new", "url@1", "--url", "https://acme.test/notes", "--json"];
      const ran = await cli.run(argv, { env: { SENTRY_URL: "" } });
      expect(JSON.parse(ran.out)).toMatchObject({ release: { url: "https://acme.test/notes" } });
    });

    test("a version can start with a dash after --", async () => {
      expect((await cli.run(["releases", "show", "--", "-1"])).exit).toBe(21);
    });
  });

  describe("--dry-run", () => {
    test("prints the writes, with long lists cut", async () => {
      const ran = await cli.run(["releases", "set-commits", "line@1", "-c", "a@1", "-c", "b@2", "-c", "c@3", "-c", "d@4", "--dry-run"], {
        env: { SENTRY_PROJECT: "" },
      });
      expect(ran).toMatchObject({ exit: 0, err: "" });
      expect(ran.out).toMatch(/^Would send releases\.update \{.*"repository":"c".*"and 1 more".*\}\n$/);
    });

    test("prints complete writes as JSON", async () => {
      const ran = await cli.run(["releases", "archive", "line@1", "--dry-run", "--json"]);
      expect(JSON.parse(ran.out)).toEqual({
        dryRun: true,
        calls: [{ call: "releases.update", input: { organization: "acme", version: "line@1", status: "archived" } }],
      });
    });

    test("exists only for commands that write", async () => {
      expect((await cli.run(["releases", "list", "--dry-run"])).exit).toBe(2);
    });
  });

  describe("--allow-failure", () => {
    let repository: ScratchRepository;
    beforeAll(async () => {
      repository = await scratchRepository();
      await repository.commit();
    });
    afterAll(() => repository[Symbol.asyncDispose]());
    const ship = (argv: readonly string[], env: Record<string, string>) =>
      cli.run(["ship", "x@1", "-e", "production", ...argv], { cwd: repository.path, env: known(env) });

    test.each<[string, Record<string, string>]>([
      ["the server is down", DOWN],
      ["the server rejects the token", { SENTRY_AUTH_TOKEN: "sntryu_no" }],
      ["the server does not know the project", { SENTRY_PROJECT: "none" }],
      ["nothing is configured", { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "" }],
    ])("warns and exits with 0 when %s", async (_, env) => {
      expect((await ship([], env)).exit).not.toBe(0);
      const ran = await ship(["--allow-failure"], env);
      expect(ran).toMatchObject({ exit: 0, out: "" });
      expect(ran.err).toMatch(/^warning: /);
      expect(JSON.parse((await ship(["--allow-failure", "--json"], env)).out)).toHaveProperty("error.message");
    });

    test.each([
      ["SENTRY_ALLOW_FAILURE", "1", 0],
      ["LANDFALL_ALLOW_FAILURE", "true", 0],
      ["SENTRY_ALLOW_FAILURE", "0", 30],
      ["SENTRY_ALLOW_FAILURE", "", 30],
    ])("%s=%s exits with %i", async (name, value, exit) => {
      expect((await ship([], { ...DOWN, [name]: value })).exit).toBe(exit);
    });

    test("does not apply to an invalid command line", async () => {
      expect((await ship(["--allow-failure", "--nonsense"], {})).exit).toBe(2);
    });
  });

  describe("the login file", () => {
    let folder: Awaited<ReturnType<typeof scratchFolder>>;
    beforeEach(async () => {
      folder = await scratchFolder();
    });
    afterEach(() => folder[Symbol.asyncDispose]());

    test("is used if nothing else is configured", async () => {
      await writeLogin({ env: {}, home: folder.path }, { url: cli.url, token: cli.token, organization: "acme" });
      const ran = await cli.run(["whoami", "--json"], {
        home: folder.path,
        env: { SENTRY_URL: "", SENTRY_AUTH_TOKEN: "", SENTRY_ORG: "" },
      });
      expect(JSON.parse(ran.out)).toMatchObject({
        sources: { url: "the login file", token: "the login file", organization: "the login file" },
      });
    });

    test("is not used for another server", async () => {
      await writeLogin({ env: {}, home: folder.path }, { url: "https://elsewhere.test", token: cli.token, organization: "acme" });
      const before = cli.requests.length;
      const ran = await cli.run(["whoami"], { home: folder.path, env: { SENTRY_AUTH_TOKEN: "" } });
      expect(ran).toMatchObject({ exit: 10, err: expect.stringContaining("warning: The login file is for a different server") });
      expect(cli.requests).toHaveLength(before);
    });
  });

  describe("help", () => {
    test("documents exit codes, options, and examples", async () => {
      expect((await cli.run(["--help"])).out).toMatch(/Exit codes:[^]*\n {2}30 +the server cannot be reached/);
      const help = (await cli.run(["help", "ship"])).out;
      expect(help).toBe((await cli.run(["ship", "--help"])).out);
      expect((await cli.run(["help", "releases", "new"])).out).toBe((await cli.run(["releases", "new", "--help"])).out);
      expect(await cli.run(["help", "releases", "nothing"])).toMatchObject({ exit: 0, out: expect.stringContaining("set-commits") });
      expect((await cli.run(["help"])).out).toBe((await cli.run(["--help"])).out);
      for (const word of [
        "--dry-run",
        "--force-deploy",
        "Global options:",
        "--allow-failure",
        "Examples of ship:",
        "$ landfall ship -p web -e production",
      ]) {
        expect(help).toContain(word);
      }
    });

    test("fits the width of the terminal", async () => {
      const { out } = await cli.run(["ship", "--help"], { isTerminal: true, columns: 100 });
      expect(
        Math.max(
          ...out
            .split("\n")
            .filter((line) => !line.startsWith("  $"))
            .map((line) => line.length),
        ),
      ).toBeLessThanOrEqual(100);
    });

    test("suggests the correct command after a typo", async () => {
      const ran = await cli.run(["relases"]);
      expect(ran).toMatchObject({ exit: 2, out: "" });
      expect(ran.err).toMatch(/Did you mean releases\?/);
    });
  });
});

const OUTCOME = { data: { a: 1 }, text: () => "one line" };
const PEOPLE = { isJson: false, isQuiet: false };

describe("printOutcome", () => {
  test.each([
    [PEOPLE, true, "one line\n"],
    [{ isJson: true, isQuiet: false }, true, '{\n  "a": 1\n}\n'],
    [{ isJson: false, isQuiet: true }, true, ""],
    [{ isJson: false, isQuiet: true }, false, "one line\n"],
    [{ isJson: true, isQuiet: true }, true, '{\n  "a": 1\n}\n'],
  ])("%j, confirmation %s", (options, isConfirmation, expected) => {
    const runtime = testRuntime();
    printOutcome(runtime, OUTCOME, options, isConfirmation);
    expect([runtime.out(), runtime.err()]).toEqual([expected, ""]);
  });

  test("prints no empty lines", () => {
    const runtime = testRuntime();
    printOutcome(runtime, { data: null, text: () => "" }, PEOPLE, false);
    expect(runtime.out()).toBe("");
  });
});

describe("printPlan", () => {
  test("cuts long lists at any depth, and keeps dates", () => {
    const runtime = testRuntime();
    printPlan(runtime, [{ call: "c", input: { list: [[1, 2, 3, 4, 5]], date: new Date(0), text: "\u001b", none: null } }], PEOPLE);
    expect(runtime.out()).toBe(
      'Would send c {"list":[[1,2,3,"and 2 more"]],"date":"1970-01-01T00:00:00.000Z","text":"\\u001b","none":null}\n',
    );
  });

  test("prints that nothing would be sent", () => {
    const runtime = testRuntime();
    printPlan(runtime, [], PEOPLE);
    expect(runtime.out()).toBe("Nothing would be sent.\n");
  });
});

test("printFailure prints an allowed failure as a warning", () => {
  const failure = { exit: "network", code: "network", message: "gone\u0007", hint: "do", issues: [], requestId: null } as const;
  const runtime = testRuntime({ isTerminal: true });
  printFailure(runtime, failure, PEOPLE, false);
  printFailure(runtime, failure, PEOPLE, true);
  expect(runtime.err()).toBe("\u001b[31merror:\u001b[39m gone\ufffd\ndo\n\u001b[33mwarning:\u001b[39m gone\ufffd\ndo\n");
  expect(runtime.out()).toBe("");
});
