import { expect, test } from "vitest";
import { isDecodable } from "./can-be-unescaped.ts";

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
