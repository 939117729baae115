import { describe, expect, test } from "vitest";
import { requestOrigin } from "./request-origin.ts";

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
