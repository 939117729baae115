import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { mapReference } from "@landfall/artifacts/map-reference";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { findMap } from "./read-build.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;

beforeEach(async () => {
  folder = await scratchFolder();
});

afterEach(() => folder[Symbol.asyncDispose]());

async function find(comment: string | null, ...files: string[]): Promise<string | null> {
  for (const name of files) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await writeFile(join(folder.path, name), "{}");
  }
  const root = join(folder.path, "dist");
  const script = { path: join(root, "js/app.js"), root, name: "js/app.js" };
  const found = await findMap(script, comment === null ? null : mapReference({ text: `code\n//# sourceMappingURL=${comment}` }));
  return found?.name ?? null;
}

test.each([
  ["at the path in the comment", "app.js.map", ["dist/js/app.js.map"], "js/app.js.map"],
  ["in another folder", "../maps/app.map", ["dist/maps/app.map", "dist/js/app.js.map"], "maps/app.map"],
  ["next to the script, by the name in the comment", "https://cdn.example.com/x/y.map?v=1#a", ["dist/js/y.map"], "js/y.map"],
  ["next to the script, by the name of an absolute path", "/static/app.js.map", ["dist/js/app.js.map"], "js/app.js.map"],
  ["with encoded characters", "a%20b.map", ["dist/js/a b.map"], "js/a b.map"],
  ["with an unencoded percent sign", "100%.map", ["dist/js/100%.map"], "js/100%.map"],
  ["next to the script if the comment refers to no file", "gone.map", ["dist/js/app.js.map"], "js/app.js.map"],
  ["next to the script without a comment", null, ["dist/js/app.js.map"], "js/app.js.map"],
  ["outside the build, named as if it were next to the script", "../../maps/app.js.map", ["maps/app.js.map"], "js/app.js.map"],
  ["nowhere", "app.js.map", [], null],
  ["nowhere if a folder has the name", "app.js.map", ["dist/js/app.js.map/x"], null],
])("finds a map %s", async (_, comment, files, expected) => {
  expect(await find(comment, ...files)).toBe(expected);
});
