import { createTestApp, type TestApp } from "@landfall/testing/create-test-app";
import { eq } from "drizzle-orm";
import * as fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "../kernel/actor.ts";
import { isAppError } from "../kernel/app-error.ts";
import { authenticate, readAuthorization } from "./authenticate.ts";
import { hashToken } from "./token-text.ts";

describe("authenticate", () => {
  let bench: TestApp;
  let acme: number;
  let ada: number;

  beforeEach(async () => {
    bench = await createTestApp();
    acme = (await bench.given.organization("acme")).id;
    ada = (await bench.given.user("ada@acme.test", { organization: "acme" })).id;
  });
  afterEach(() => bench.close());

  const authenticateHeader = (header: string | null | undefined): Promise<Actor | null> =>
    authenticate(bench.app.store.read, header, bench.clock.now());
  const keyOf = (token: string) => `Basic ${Buffer.from(`${token}:`).toString("base64")}`;
  const refusal = (message: string) => expect.objectContaining({ code: "unauthenticated", message });

  type TokenChanges = { dateRevoked?: Date; dateExpires?: Date; tokenHash?: string };

  const change = (token: string, changes: TokenChanges) =>
    bench.app.store.transaction(async (tx) => {
      await tx
        .update(tx.tables.tokens)
        .set(changes)
        .where(eq(tx.tables.tokens.tokenHash, hashToken(token)));
    });

  describe("authenticate", () => {
    it("authenticates the user of a personal token, with implied scopes", async () => {
      const token = await bench.given.userToken("ada@acme.test", ["project:admin", "org:read"]);
      expect(token).toMatch(/^sntryu_[0-9a-f]{64}$/);
      expect(await authenticateHeader(`Bearer ${token}`)).toEqual({
        kind: "user",
        userId: ada,
        tokenId: expect.any(Number),
        scopes: new Set(["project:admin", "project:write", "project:read", "org:read"]),
      });
    });

    it("accepts older tokens, 64 hex digits without a prefix", async () => {
      const old = "0123456789abcdef".repeat(4);
      await change(await bench.given.userToken("ada@acme.test", ["org:read"]), { tokenHash: hashToken(old) });
      expect(await authenticateHeader(`Bearer ${old}`)).toMatchObject({ kind: "user", userId: ada });
    });

    it("authenticates the organization of an organization token", async () => {
      const actor = await authenticateHeader(`Bearer ${await bench.given.orgToken("acme")}`);
      expect(actor).toEqual({ kind: "organization", organizationId: acme, tokenId: expect.any(Number), scopes: new Set(["org:ci"]) });
    });

    it("accepts a token without scopes, which allows nothing (C15)", async () => {
      expect(await authenticateHeader(`Bearer ${await bench.given.orgToken("acme", [])}`)).toMatchObject({ scopes: new Set() });
    });

    it("accepts any token as the key of Basic authentication, as older clients send SENTRY_API_KEY", async () => {
      expect(await authenticateHeader(keyOf(await bench.given.orgToken("acme")))).toMatchObject({
        kind: "organization",
        organizationId: acme,
      });
      expect(await authenticateHeader(keyOf(await bench.given.userToken("ada@acme.test", [])))).toMatchObject({
        kind: "user",
        userId: ada,
      });
    });

    it.each([null, undefined, "", "Token abc", `Basic ${Buffer.from("ada:secret").toString("base64")}`])("refuses %j", async (header) => {
      expect(await authenticateHeader(header)).toBeNull();
    });

    it.each([
      [`Bearer sntryu_${"0".repeat(64)}`, "Invalid token"],
      ["Bearer nonsense", "Invalid token"],
      ["Bearer \u00e9", "Invalid token"],
      ["Bearer sntrys_abc_def", "Invalid org token"],
      [keyOf("nonsense"), "API key is not valid"],
      [keyOf(""), "API key is not valid"],
    ])("refuses %s", async (header, message) => {
      await expect(authenticateHeader(header)).rejects.toThrow(refusal(message));
    });

    it("refuses revoked tokens like unknown ones", async () => {
      const person = await bench.given.userToken("ada@acme.test", ["org:read"]);
      const ci = await bench.given.orgToken("acme");
      for (const token of [person, ci]) await change(token, { dateRevoked: bench.clock.now() });
      await expect(authenticateHeader(`Bearer ${person}`)).rejects.toThrow(refusal("Invalid token"));
      await expect(authenticateHeader(`Bearer ${ci}`)).rejects.toThrow(refusal("Invalid org token"));
      await expect(authenticateHeader(keyOf(ci))).rejects.toThrow(refusal("API key is not valid"));
    });

    it("refuses a token from the moment it expires", async () => {
      const token = await bench.given.userToken("ada@acme.test", ["org:read"]);
      await change(token, { dateExpires: new Date(bench.clock.now().getTime() + 1) });
      expect(await authenticateHeader(`Bearer ${token}`)).toMatchObject({ userId: ada });
      bench.clock.advance(1);
      await expect(authenticateHeader(`Bearer ${token}`)).rejects.toThrow(refusal("Token expired"));
    });

    it("refuses deactivated users", async () => {
      const token = await bench.given.userToken("ada@acme.test", ["org:read"]);
      await bench.app.store.transaction(async (tx) => {
        await tx.update(tx.tables.users).set({ isActive: false }).where(eq(tx.tables.users.id, ada));
      });
      await expect(authenticateHeader(`Bearer ${token}`)).rejects.toThrow(refusal("User inactive or deleted"));
    });
  });
});

const basic = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;

describe("readAuthorization", () => {
  it.each(["Bearer abc", "bearer abc", "BEARER   abc", " Bearer abc ", "Bearer\tabc"])("reads the token of %j", (header) => {
    expect(readAuthorization(header)).toEqual({ scheme: "bearer", token: "abc" });
  });

  it.each([
    [basic("abc:"), "abc"],
    [basic("abc:").replace("Basic", "basic"), "abc"],
    [basic(":"), ""],
  ])("reads the key of %j", (header, token) => {
    expect(readAuthorization(header)).toEqual({ scheme: "key", token });
  });

  it.each(["", "   ", "Token abc", "DSN https://key@host/1", "Digest username=x", "abc", basic("user:password"), basic("abc: ")])(
    "finds no credentials in %j",
    (header) => {
      expect(readAuthorization(header)).toBeNull();
    },
  );

  it.each([
    ["Bearer", "Invalid token header. No credentials provided."],
    ["bearer ", "Invalid token header. No credentials provided."],
    ["Bearer a b", "Invalid token header. Token string should not contain spaces."],
    ["Basic", "Invalid basic header. No credentials provided."],
    ["Basic YTo= YTo=", "Invalid basic header. Credentials string should not contain spaces."],
    [basic("no colon"), "Invalid basic header. Credentials not correctly base64 encoded."],
    ["Basic !!!", "Invalid basic header. Credentials not correctly base64 encoded."],
  ])("refuses %j", (header, message) => {
    expect(() => readAuthorization(header)).toThrow(expect.objectContaining({ code: "unauthenticated", message }));
  });

  it("returns an actor or refuses, for any header", () => {
    const header = fc.oneof(
      fc.string(),
      fc.tuple(fc.constantFrom("Bearer", "Basic", "basic"), fc.string(), fc.base64String()).map((words) => words.join(" ")),
    );
    fc.assert(
      fc.property(header, (text) => {
        try {
          readAuthorization(text);
        } catch (error) {
          expect(isAppError(error)).toBe(true);
        }
      }),
    );
  });
});
