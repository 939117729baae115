import { describe, expect, it, test } from "vitest";
import { assertSameSite, isCrossSite, requestOrigin } from "./browser-request.ts";

const OURS = "https://landfall.example.com";

const request = (headers: Record<string, string>, method = "POST", url = "http://10.0.0.5:3000/api/trpc/x") => ({
  method,
  url,
  headers: new Headers(headers),
});

describe("isForeign", () => {
  it.each<[string, Record<string, string>, boolean]>([
    ["the same origin, by Sec-Fetch-Site", { "sec-fetch-site": "same-origin" }, false],
    ["a URL that the user typed", { "sec-fetch-site": "none" }, false],
    ["a page of another site", { "sec-fetch-site": "cross-site" }, true],
    ["another origin of the same site", { "sec-fetch-site": "same-site" }, true],
    ["a cross-site request with our Origin", { "sec-fetch-site": "cross-site", origin: OURS }, true],
    ["an unknown value of Sec-Fetch-Site", { "sec-fetch-site": "Same-Origin " }, true],
    ["the public URL", { origin: OURS }, false],
    ["the URL of the request", { origin: "http://10.0.0.5:3000" }, false],
    ["that URL behind a TLS proxy without forwarded headers", { origin: "https://10.0.0.5:3000" }, false],
    ["the host that a proxy forwards", { origin: "https://lf.test", "x-forwarded-host": "lf.test" }, false],
    ["another port", { origin: "http://10.0.0.5:3001" }, true],
    ["another host", { origin: "https://evil.example.com" }, true],
    ["a host that starts with ours", { origin: "https://landfall.example.com.evil.test" }, true],
    ["our host as the user name of another URL", { origin: "https://landfall.example.com@evil.test" }, true],
    ["an opaque origin", { origin: "null" }, true],
    ["an invalid Origin", { origin: "landfall.example.com" }, true],
    ["an empty Origin", { origin: "" }, true],
    ["no headers of browsers", {}, true],
  ])("%s", (_, headers, foreign) => {
    expect(isCrossSite(request(headers), OURS)).toBe(foreign);
  });

  it.each(["GET", "HEAD", "OPTIONS"])("never treats %s as cross-site, since it changes nothing", (method) => {
    expect(isCrossSite(request({ "sec-fetch-site": "cross-site", origin: "https://evil.test" }, method), OURS)).toBe(false);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "get", "PURGE"])("can treat %s as cross-site", (method) => {
    expect(isCrossSite(request({ origin: "https://evil.test" }, method), OURS)).toBe(true);
  });
});

describe("refuseForeign", () => {
  it("explains the problem and the fix", () => {
    expect(() => assertSameSite(request({ origin: "https://evil.test" }), OURS)).toThrow(
      expect.objectContaining({ code: "forbidden", reason: "foreign_request", message: expect.stringMatching(/Origin.*use a token/) }),
    );
    expect(() => assertSameSite(request({ origin: OURS }), OURS)).not.toThrow();
  });
});

const from = (url: string, headers: Record<string, string> = {}) => requestOrigin({ url, headers: new Headers(headers) });

describe("requestOrigin", () => {
  test.each([
    ["http://localhost:3000/api/0/", {}, "http://localhost:3000"],
    ["http://127.0.0.1:8080/api/0/?next=http://other/", {}, "http://127.0.0.1:8080"],
    ["http://[::1]:3000/", {}, "http://[::1]:3000"],
    ["http://landfall.test", {}, "http://landfall.test"],
    ["http://10.0.0.1:3000/", { "x-forwarded-proto": "https" }, "https://10.0.0.1:3000"],
    ["http://10.0.0.1:3000/", { "x-forwarded-proto": "https", "x-forwarded-host": "landfall.test" }, "https://landfall.test"],
    ["http://inner/", { "x-forwarded-host": "outer.test:8443, middle.test", "x-forwarded-proto": "https,http" }, "https://outer.test:8443"],
  ])("%s with %o is %s", (url, headers, origin) => {
    expect(from(url, headers)).toBe(origin);
  });

  test.each(["evil.test/path", "evil.test>; rel=next", "user@evil.test", "", "a..b", "evil.test:123456", 'evil.test"'])(
    "ignores an invalid forwarded host (%j)",
    (host) => {
      expect(from("http://inner:1/", { "x-forwarded-host": host })).toBe("http://inner:1");
    },
  );

  test.each(["javascript", "ftp", "HTTPS://x", ""])("ignores an invalid forwarded scheme (%j)", (scheme) => {
    expect(from("http://inner:1/", { "x-forwarded-proto": scheme })).toBe("http://inner:1");
  });
});
