import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { scratchFolder, scratchRepository } from "../../test/scratch-repository.ts";
import { type ServedCli, serveCli } from "../../test/serve-cli.ts";
import { openRelease } from "./open.ts";

let cli: ServedCli;
beforeAll(async () => {
  cli = await serveCli();
});
afterAll(() => cli[Symbol.asyncDispose]());

describe("open", () => {
  test("opens the page in a browser if run in a terminal", async () => {
    const ran = await cli.run(["open", "web@1"], { isTerminal: true, env: { NO_COLOR: "1" } });
    expect(ran).toMatchObject({
      exit: 0,
      out: `${cli.url}/organizations/acme/releases/web%401/\n`,
      opened: [`${cli.url}/organizations/acme/releases/web%401/`],
    });
  });

  test.each([
    [["open", "web@1"], false],
    [["open", "web@1", "--print"], true],
  ])("only prints the URL: %j, terminal %s", async (argv, isTerminal) => {
    expect(await cli.run(argv, { isTerminal })).toMatchObject({ exit: 0, out: expect.stringContaining("/releases/web%401/"), opened: [] });
  });

  test("uses the version of the variable, or of the repository", async () => {
    expect(await openRelease.run(cli.context({ env: { SENTRY_RELEASE: "web@2" } }), { version: undefined, print: true })).toMatchObject({
      version: "web@2",
    });
    const repository = await scratchRepository();
    const head = await repository.commit();
    expect(await openRelease.run(cli.context({ cwd: repository.path }), { version: undefined, print: true })).toMatchObject({
      version: `2026.01.01+${head.slice(0, 12)}`,
      opened: false,
    });
    await repository[Symbol.asyncDispose]();
  });

  test("sends no requests", async () => {
    const before = cli.requests.length;
    await openRelease.run(cli.context({ env: { SENTRY_AUTH_TOKEN: "" } }), { version: "x", print: true });
    expect(cli.requests).toHaveLength(before);
  });

  test("reports missing settings", async () => {
    await expect(openRelease.run(cli.context({ env: { SENTRY_URL: "" } }), { version: "x", print: true })).rejects.toMatchObject({
      exit: "input",
    });
    const folder = await scratchFolder();
    await expect(openRelease.run(cli.context({ cwd: folder.path }), { version: undefined, print: true })).rejects.toMatchObject({
      exit: "input",
    });
    await folder[Symbol.asyncDispose]();
  });
});
