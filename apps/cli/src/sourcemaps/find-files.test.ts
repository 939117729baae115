import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { findFiles, SCRIPT_EXTENSIONS } from "./find-files.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;
beforeEach(async () => {
  folder = await scratchFolder();
});
afterEach(() => folder[Symbol.asyncDispose]());

async function write(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(dirname(join(folder.path, name)), { recursive: true });
    await writeFile(join(folder.path, name), name);
  }
}

const names = async (paths: readonly string[], more: { extensions?: readonly string[]; ignore?: readonly string[] } = {}) =>
  (await findFiles(paths, { cwd: folder.path, extensions: SCRIPT_EXTENSIONS, ignore: [], ...more })).map(({ name }) => name);

describe("findFiles", () => {
  test("finds scripts below folders, by their names there", async () => {
    await write("dist/b.mjs", "dist/js/a.js", "dist/js/a.js.map", "dist/a.css", "dist/c.cjs", "other/d.js");
    expect(await names(["dist"])).toEqual(["b.mjs", "c.cjs", "js/a.js"]);
    expect(await names(["."])).toEqual(["dist/b.mjs", "dist/c.cjs", "dist/js/a.js", "other/d.js"]);
    expect(await names(["dist", join(folder.path, "other")])).toEqual(["b.mjs", "c.cjs", "d.js", "js/a.js"]);
  });

  test("takes a file that is named, whatever its ending", async () => {
    await write("dist/bundle.txt");
    const [file] = await findFiles(["dist/bundle.txt"], { cwd: folder.path, extensions: [], ignore: [] });
    expect(file).toEqual({ path: join(folder.path, "dist/bundle.txt"), root: join(folder.path, "dist"), name: "bundle.txt" });
  });

  test.each([
    ["node_modules by default", [], ["a.js", "vendor/b.js", "vendor/c.min.js"]],
    ["what is named", ["vendor"], ["a.js"]],
    ["what a pattern fits", ["*.min.js"], ["a.js", "vendor/b.js"]],
    ["what a pattern with a folder fits", ["vendor/**", "!vendor/b.js"], ["a.js", "vendor/b.js"]],
    ["nothing of node_modules when asked", ["!node_modules"], ["a.js", "node_modules/x/i.js", "vendor/b.js", "vendor/c.min.js"]],
  ])("passes over %s", async (_, ignore, expected) => {
    await write("a.js", "vendor/b.js", "vendor/c.min.js", "node_modules/x/i.js");
    expect(await names(["."], { ignore })).toEqual(expected);
  });

  test("takes each file once, and no folder twice in a circle", async () => {
    await write("dist/a.js");
    await symlink(join(folder.path, "dist"), join(folder.path, "dist", "again"));
    await symlink(join(folder.path, "dist", "a.js"), join(folder.path, "dist", "b.js"));
    await symlink(join(folder.path, "nowhere.js"), join(folder.path, "dist", "c.js"));
    expect(await names(["dist", "dist/a.js", "./dist/"])).toHaveLength(1);
  });

  test("tells a path that is not there", async () => {
    await expect(names(["none"])).rejects.toMatchObject({ exit: "input", message: "There is no none." });
  });

  test("finds exactly the files with the endings, in any tree", async () => {
    const segment = fc.constantFrom("a", "b.x", "node", "lib", "ü", "[id]", "a b");
    const path = fc.array(segment, { minLength: 1, maxLength: 3 }).map((parts) => parts.join("/"));
    const ending = fc.constantFrom("js", "mjs", "cjs", "ts", "js.map", "jsx", "json");
    let round = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          fc.tuple(path, ending).map(([name, end]) => `${name}.${end}`),
          { maxLength: 8 },
        ),
        async (given) => {
          round += 1;
          const root = `round-${round}`;
          await write(...given.map((name) => `${root}/${name}`), `${root}/zzz.js`);
          const wanted = [...given.filter((name) => /\.(?:js|mjs|cjs)$/.test(name)), "zzz.js"];
          expect((await names([root])).toSorted()).toEqual(wanted.toSorted());
          expect(await names([root], { ignore: ["*"] })).toEqual([]);
        },
      ),
      { numRuns: 40 },
    );
  });
});
