import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { addOddFiles, builtSite } from "./built-site.ts";

test("a built site has a minified script and its source map", async () => {
  await using site = await builtSite("Good day");
  expect((await readdir(site.path)).toSorted()).toEqual(["app.js", "app.js.map"]);
  const script = await readFile(join(site.path, "app.js"), "utf8");
  expect(script).toContain('"Good day"');
  expect(script.trimEnd().split("\n").at(-1)).toBe("//# sourceMappingURL=app.js.map");
  const map = JSON.parse(await readFile(join(site.path, "app.js.map"), "utf8"));
  expect(map.sources).toHaveLength(2);
  expect(map.sourcesContent[0]).toContain("there is nobody to greet");
});

test("odd files have the given sizes", async () => {
  await using site = await builtSite("Hi");
  await addOddFiles(site, 1_000_003);
  expect((await stat(join(site.path, "deep", "big.js"))).size).toBe(1_000_003);
  expect((await stat(join(site.path, "empty.js"))).size).toBe(0);
});
