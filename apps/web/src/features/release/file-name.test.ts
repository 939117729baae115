import { expect, test } from "vitest";
import { releaseFileName } from "./file-name.ts";

test.each([
  ["web@1.4.0+7", "web@1.4.0+7.md"],
  ["odd name: 100% / ünï", "odd-name-100-u-ni.md"],
  ["漢字", "release.md"],
  [".hidden.", "hidden.md"],
  ["x".repeat(200), `${"x".repeat(100)}.md`],
])("turns version %s into %s", (version, name) => {
  expect(releaseFileName(version, "md")).toBe(name);
});
