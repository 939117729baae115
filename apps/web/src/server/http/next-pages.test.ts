import { expect, test } from "vitest";
import { isDecodable, pageHeaders } from "./next-pages.ts";

test.each([
  ["/", true],
  ["/organizations/acme/releases/web%401.0.0%2Bbuild", true],
  ["/search?q=100%", true],
  ["/people/%E0%A4%A", false],
  ["/people/%zz?q=1", false],
  ["/people/50%", false],
])("%s: %s", (target, can) => {
  expect(isDecodable(target)).toBe(can);
});

test("the content security policy allows scripts only with the nonce, and no other origins", () => {
  const { "Content-Security-Policy": text } = pageHeaders("bm9uY2U=");
  const directives = text.split("; ").map((directive) => directive.split(" "));
  const policy = Object.fromEntries(directives.map(([name = "", ...sources]) => [name, sources]));
  expect(policy["default-src"]).toEqual(["'none'"]);
  expect(policy["script-src"]).toEqual(["'self'", "'nonce-bm9uY2U='", "'strict-dynamic'"]);
  expect(policy["style-src"]).toEqual(["'self'", "'nonce-bm9uY2U='"]);
  expect(policy["frame-ancestors"]).toEqual(["'none'"]);
  expect(
    Object.entries(policy)
      .filter(([name]) => name !== "style-src-attr")
      .flatMap(([, sources]) => sources)
      .filter((source) => !/^(?:'self'|'none'|'strict-dynamic'|'nonce-[^']+'|data:)$/.test(source)),
  ).toEqual([]);
});
