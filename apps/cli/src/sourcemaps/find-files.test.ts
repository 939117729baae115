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
  test("finds scripts in folders, with relative names", async () => {
    await write("dist/b.mjs", "dist/js/a.js", "dist/js/a.js.map", "dist/a.css", "dist/c.cjs", "other/d.js");
    expect(await names(["dist"])).toEqual(["b.mjs", "c.cjs", "js/a.js"]);
    expect(await names(["."])).toEqual(["dist/b.mjs", "dist/c.cjs", "dist/js/a.js", "other/d.js"]);
    expect(await names(["dist", join(folder.path, "other")])).toEqual(["b.mjs", "c.cjs", "d.js", "js/a.js"]);
  });

  test("accepts a given file with any extension", async () => {
    await write("dist/bundle.txt");
    const [file] = await findFiles(["dist/bundle.txt"], { cwd: folder.path, extensions: [], ignore: [] });
    expect(file).toEqual({ path: join(folder.path, "dist/bundle.txt"), root: join(folder.path, "dist"), name: "bundle.txt" });
  });

  test.each([
    ["node_modules by default", [], ["a.js", "vendor/b.js", "vendor/c.min.js"]],
    ["a given folder", ["vendor"], ["a.js"]],
    ["files that match a pattern", ["*.min.js"], ["a.js", "vendor/b.js"]],
    ["files that match a pattern with a folder", ["vendor/**", "!vendor/b.js"], ["a.js", "vendor/b.js"]],
    ["no node_modules with a negated pattern", ["!node_modules"], ["a.js", "node_modules/x/i.js", "vendor/b.js", "vendor/c.min.js"]],
  ])("ignores %s", async (_, ignore, expected) => {
    await write("a.js", "vendor/b.js", "vendor/c.min.js", "node_modules/x/i.js");
    expect(await names(["."], { ignore })).toEqual(expected);
  });

  test("returns each file once and does not follow cycles", async () => {
    await write("dist/a.js");
    await symlink(join(folder.path, "dist"), join(folder.path, "dist", "again"));
    await symlink(join(folder.path, "dist", "a.js"), join(folder.path, "dist", "b.js"));
    await symlink(join(folder.path, "nowhere.js"), join(folder.path, "dist", "c.js"));
    expect(await names(["dist", "dist/a.js", "./dist/"])).toHaveLength(1);
  });

  test("rejects a missing path", async () => {
    await expect(names(["none"])).rejects.toMatchObject({ exit: "input", message: "none does not exist." });
  });

  test("finds exactly the files with the extensions in any tree", async () => {
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
