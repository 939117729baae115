import { expect, test } from "vitest";
import { safeWebUrl } from "./links.tsx";

test.each([
  ["https://ci.acme.test/runs/1?a=b#c", "https://ci.acme.test/runs/1?a=b#c"],
  ["HTTP://acme.test", "http://acme.test/"],
  ["javascript:alert(1)", null],
  [" javascript:alert(1)", null],
  ["java\nscript:alert(1)", null],
  ["data:text/html,x", null],
  ["ftp://acme.test", null],
  ["//acme.test", null],
  ["acme.test", null],
  ["", null],
  [null, null],
])("returns the URL %j as %j", (text, href) => {
  expect(safeWebUrl(text)).toBe(href);
});
