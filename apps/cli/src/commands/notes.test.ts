import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";

let cli: ServedCli;
const organization = "acme";

beforeAll(async () => {
  cli = await serveCli();
  const commits = [{ id: "a".repeat(40), repository: "acme/app", message: "feat(ui): add wings (#12)" }];
  await cli.client.releases.create.mutate({ organization, version: "web@1", projects: ["web"], commits });
  await cli.client.releases.create.mutate({ organization, version: "web@2", projects: ["web"] });
});

afterAll(() => cli[Symbol.asyncDispose]());

describe("notes", () => {
  test("prints the draft, and the saved notes once there are some", async () => {
    expect(await cli.run(["notes", "web@1"])).toMatchObject({
      exit: 0,
      out: "## Features\n\n- **ui:** add wings (#12) (`aaaaaaa`)\n",
      err: "",
    });
    await cli.client.notes.save.mutate({ organization, version: "web@1", markdown: "# Wings\n\nAt last." });
    expect((await cli.run(["notes"], { env: { SENTRY_RELEASE: "web@1" } })).out).toBe("# Wings\n\nAt last.\n");
    expect(JSON.parse((await cli.run(["notes", "web@1", "--json"])).out)).toMatchObject({
      isDraft: false,
      markdown: "# Wings\n\nAt last.",
    });
  });

  test("warns about a release without notes and commits, and fails for an unknown one", async () => {
    expect(await cli.run(["notes", "web@2"])).toMatchObject({ exit: 0, err: expect.stringContaining("no notes and no commits") });
    expect(await cli.run(["notes", "web@3"])).toMatchObject({ exit: 21 });
  });
});
