import { createClient } from "@landfall/client/create-client";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { serveCli, type ServedCli } from "../../test/serve-cli.ts";
import { tokenPayload } from "../settings/resolve-settings.ts";
import { PLAIN } from "../terminal/output.ts";
import { createToken, listTokens, revokeToken, rotateToken } from "./tokens.ts";

let cli: ServedCli;

beforeAll(async () => {
  cli = await serveCli();
});

afterAll(() => cli[Symbol.asyncDispose]());

const NEW = { expires: undefined, personal: false, scope: [] };
const identityOf = (token: string) => createClient({ url: cli.url, token }).me.whoAmI.query();

describe("tokens", () => {
  test("creates, lists, and revokes organization tokens", async () => {
    const made = await createToken.run(cli.context(), { name: "GitHub Actions", ...NEW });
    const token = made?.token ?? "";
    expect(made && createToken.print(made, PLAIN)).toBe(token);
    expect(tokenPayload(token)).toMatchObject({ organization: "acme" });
    expect(await identityOf(token)).toMatchObject({ auth: { scopes: ["org:ci"] }, user: null });

    const tokens = await listTokens.run(cli.context(), { personal: false });
    const text = tokens ? listTokens.print(tokens, PLAIN) : "";
    expect(text).toMatch(/^ID +NAME +ENDS WITH +SCOPES +CREATED +LAST USED\n/);
    expect(text).toMatch(new RegExp(`GitHub Actions +${token.slice(-4).replace(/[+/]/g, "\\$&")} +org:ci +2026-01-02 03:04 UTC +never`));
    expect(text).not.toContain(token);

    expect(await revokeToken.run(cli.context(), { id: made?.id ?? "", personal: false })).toEqual({ id: made?.id, revoked: true });
    await expect(identityOf(token)).rejects.toMatchObject({ code: "unauthenticated" });
    await expect(revokeToken.run(cli.context(), { id: made?.id ?? "", personal: false })).rejects.toMatchObject({ code: "not_found" });
  });

  test("rotates tokens; old ones stay valid for a day", async () => {
    const made = await createToken.run(cli.context(), { name: "Jenkins", ...NEW });
    const rotated = await rotateToken.run(cli.context(), { id: made?.id ?? "", personal: false });
    const token = rotated ? rotateToken.print(rotated, PLAIN) : "";
    expect([rotated?.name, token === made?.token]).toEqual(["Jenkins", false]);
    expect(await identityOf(token)).toMatchObject({ auth: { scopes: ["org:ci"] } });
    expect(await identityOf(made?.token ?? "")).toMatchObject({ auth: { scopes: ["org:ci"] } });
    const own = await createToken.run(cli.context(), { name: "desk", expires: undefined, personal: true, scope: ["org:read"] });
    const ownRotated = await rotateToken.run(cli.context(), { id: own?.id ?? "", personal: true });
    expect(await identityOf(ownRotated?.token ?? "")).toMatchObject({ user: { email: "olga@acme.test" } });
    await expect(rotateToken.run(cli.context(), { id: "99999", personal: false })).rejects.toMatchObject({ code: "not_found" });
  });

  test("creates personal tokens with scopes and an expiry date", async () => {
    const made = await createToken.run(cli.context(), {
      name: "laptop",
      expires: new Date("2027-01-01"),
      personal: true,
      scope: ["org:read", "project:releases"],
    });
    expect(made).toMatchObject({ dateExpires: "2027-01-01T00:00:00Z", scopes: ["org:read", "project:releases"] });
    expect(await identityOf(made?.token ?? "")).toMatchObject({ user: { email: "olga@acme.test" } });
    const tokens = await listTokens.run(cli.context(), { personal: true });
    expect(tokens?.map(({ name }) => name)).toContain("laptop");
    const revoked = await revokeToken.run(cli.context(), { id: made?.id ?? "", personal: true });
    expect(revoked && revokeToken.print(revoked, PLAIN)).toBe(`Revoked token ${made?.id}`);
  });

  test("requires scopes for personal tokens and rejects them for others", async () => {
    await expect(createToken.run(cli.context(), { name: "x", ...NEW, scope: ["org:ci"] })).rejects.toMatchObject({ exit: "usage" });
    await expect(createToken.run(cli.context(), { name: "x", ...NEW, personal: true })).rejects.toMatchObject({ exit: "usage" });
  });

  test("prints unknown scopes as reported by the server", async () => {
    const made = createToken.run(cli.context(), { name: "x", ...NEW, personal: true, scope: ["org:read", "everything"] });
    await expect(made).rejects.toMatchObject({
      code: "invalid",
      issues: [{ path: ["scopes", 1], message: '"everything" is not a valid choice.' }],
    });
  });

  test("does not let CI tokens create tokens", async () => {
    const context = cli.context({ env: { SENTRY_AUTH_TOKEN: cli.ciToken } });
    await expect(createToken.run(context, { name: "x", ...NEW })).rejects.toMatchObject({ code: "forbidden" });
  });

  test("changes nothing in a dry run", async () => {
    const context = cli.context({ isDryRun: true });
    expect(await createToken.run(context, { name: "dry", ...NEW })).toBeUndefined();
    expect(await createToken.run(context, { name: "dry", ...NEW, personal: true, scope: ["org:read"] })).toBeUndefined();
    await revokeToken.run(context, { id: "1", personal: false });
    await revokeToken.run(context, { id: "1", personal: true });
    await rotateToken.run(context, { id: "1", personal: false });
    expect(context.planned.map(({ call }) => call)).toEqual([
      "tokens.create",
      "me.createToken",
      "tokens.revoke",
      "me.revokeToken",
      "tokens.rotate",
    ]);
    expect((await listTokens.run(cli.context(), { personal: false }))?.map(({ name }) => name)).not.toContain("dry");
  });
});
