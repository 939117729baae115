import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isAppError } from "../app-error.ts";
import { readAuthorization } from "./read-authorization.ts";

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
    "takes %j for no credential at all",
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

  it("answers or refuses, whatever is sent", () => {
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
