import { expect, test } from "vitest";
import { excerptOf } from "./excerpt-of.ts";

const lines = (count: number) => Array.from({ length: count }, (_, index) => `line ${index + 1}`);

test("what is short stays as it is", () => {
  expect(excerptOf("# One\n\nText\n")).toBe("# One\n\nText\n");
});

test("twelve lines are kept", () => {
  expect(excerptOf(lines(20).join("\n"))).toBe(`${lines(12).join("\n")}\n\n…`);
});

test("and no more characters than fit", () => {
  expect(excerptOf("x".repeat(5000))).toBe(`${"x".repeat(1500)}\n\n…`);
});

test("code that is cut off is closed", () => {
  expect(excerptOf(["```ts", ...lines(20), "```"].join("\n"))).toBe(`\`\`\`ts\n${lines(11).join("\n")}\n\`\`\`\n\n…`);
  expect(excerptOf(["~~~", "code", "~~~", ...lines(20)].join("\n"))).not.toMatch(/~~~\n\n…$/);
});
