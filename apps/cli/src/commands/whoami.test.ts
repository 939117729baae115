import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type ServedCli, serveCli } from "../../test/serve-cli.ts";
import { PLAIN } from "../terminal/paint.ts";
import { whoami } from "./whoami.ts";

let cli: ServedCli;
beforeAll(async () => {
  cli = await serveCli();
});
afterAll(() => cli[Symbol.asyncDispose]());

describe("whoami", () => {
  test("shows a person, and where the settings come from", async () => {
    const who = await whoami.run(cli.context({ env: { LANDFALL_ORG: "acme" } }), {});
    expect(who).toMatchObject({ kind: "user", user: { email: "olga@acme.test" }, url: cli.url, organization: "acme" });
    expect(who?.sources).toEqual({ url: "SENTRY_URL", token: "SENTRY_AUTH_TOKEN", organization: "LANDFALL_ORG" });
    const text = who ? whoami.print(who, PLAIN) : "";
    expect(text).toContain("of Olga <olga@acme.test> (SENTRY_AUTH_TOKEN)");
    expect(text).toMatch(/may: +.*project:releases/);
    expect(JSON.stringify(who)).not.toContain(cli.token);
  });

  test("shows a token of an organization", async () => {
    const who = await whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: cli.ciToken, SENTRY_ORG: "" } }), {});
    expect(who).toMatchObject({ kind: "organization", user: null, scopes: ["org:ci"] });
    expect(who && whoami.print(who, PLAIN)).toMatch(/token: +of an organization/);
  });

  test("tells a token that is none, or none at all", async () => {
    await expect(whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: "sntryu_no" } }), {})).rejects.toMatchObject({
      code: "unauthenticated",
    });
    await expect(whoami.run(cli.context({ env: { SENTRY_AUTH_TOKEN: "" } }), {})).rejects.toMatchObject({
      exit: "auth",
      hint: expect.stringContaining("landfall login"),
    });
  });
});
