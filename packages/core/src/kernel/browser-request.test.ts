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
    ["the browser says it is our own page", { "sec-fetch-site": "same-origin" }, false],
    ["the person typed it in themselves", { "sec-fetch-site": "none" }, false],
    ["a page of another site", { "sec-fetch-site": "cross-site" }, true],
    ["a page beside us on the same site", { "sec-fetch-site": "same-site" }, true],
    ["the browser says so although Origin is ours", { "sec-fetch-site": "cross-site", origin: OURS }, true],
    ["a word that is none of these", { "sec-fetch-site": "Same-Origin " }, true],
    ["the address the operator has set", { origin: OURS }, false],
    ["the address the request was sent to", { origin: "http://10.0.0.5:3000" }, false],
    ["that address behind a proxy that ends TLS and says nothing", { origin: "https://10.0.0.5:3000" }, false],
    ["the address a proxy was asked for", { origin: "https://lf.test", "x-forwarded-host": "lf.test" }, false],
    ["another port", { origin: "http://10.0.0.5:3001" }, true],
    ["another host", { origin: "https://evil.example.com" }, true],
    ["a host that begins like ours", { origin: "https://landfall.example.com.evil.test" }, true],
    ["our address as the user of another", { origin: "https://landfall.example.com@evil.test" }, true],
    ["a page that hides where it is", { origin: "null" }, true],
    ["an Origin that is no address", { origin: "landfall.example.com" }, true],
    ["an empty Origin", { origin: "" }, true],
    ["nothing that browsers send", {}, true],
  ])("%s", (_, headers, foreign) => {
    expect(isCrossSite(request(headers), OURS)).toBe(foreign);
  });

  it.each(["GET", "HEAD", "OPTIONS"])("never calls %s foreign: it changes nothing", (method) => {
    expect(isCrossSite(request({ "sec-fetch-site": "cross-site", origin: "https://evil.test" }, method), OURS)).toBe(false);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE", "get", "PURGE"])("may call %s foreign", (method) => {
    expect(isCrossSite(request({ origin: "https://evil.test" }, method), OURS)).toBe(true);
  });
});

describe("refuseForeign", () => {
  it("says what is wrong and what to do", () => {
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
    "a forwarded host that is none (%j) counts as absent",
    (host) => {
      expect(from("http://inner:1/", { "x-forwarded-host": host })).toBe("http://inner:1");
    },
  );

  test.each(["javascript", "ftp", "HTTPS://x", ""])("a forwarded scheme that is none (%j) counts as absent", (scheme) => {
    expect(from("http://inner:1/", { "x-forwarded-proto": scheme })).toBe("http://inner:1");
  });
});
