import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fileTree, type Folder } from "./file-tree.ts";

const changed = (path: string) => ({ path, type: "M" as const, commits: 1 });

/** The tree as indented lines, each folder with its count. */
const lines = ({ folders, files }: Folder, indent = ""): string[] => [
  ...folders.flatMap((folder) => [`${indent}${folder.name} ${folder.count}`, ...lines(folder, `${indent}  `)]),
  ...files.map(({ name }) => `${indent}${name}`),
];

const filesOf = ({ folders, files }: Folder): string[] => [...folders.flatMap(filesOf), ...files.map(({ path }) => path)];

describe("fileTree", () => {
  test("groups files into folders with counts, folders first, sorted by name", () => {
    const tree = fileTree(["z.md", "src/b.ts", "src/ui/c.ts", "a.md", "src/ui/a.ts"].map(changed));
    expect(tree.count).toBe(5);
    expect(lines(tree)).toEqual(["src 3", "  ui 2", "    a.ts", "    c.ts", "  b.ts", "a.md", "z.md"]);
  });

  test("joins a chain of single folders into one", () => {
    expect(lines(fileTree(["apps/web/src/a.ts", "apps/web/src/ui/b.ts", "docs/c.md"].map(changed)))).toEqual([
      "apps/web/src 2",
      "  ui 1",
      "    b.ts",
      "  a.ts",
      "docs 1",
      "  c.md",
    ]);
  });

  test("distinguishes folders with the same name", () => {
    const tree = fileTree(["a/x/1", "a/2", "b/x/1", "b/2"].map(changed));
    expect(tree.folders.flatMap(({ folders }) => folders.map(({ path }) => path))).toEqual(["a/x/", "b/x/"]);
  });

  test("contains exactly the given files", () => {
    const path = fc.array(fc.constantFrom("a", "b", "c", "", "__proto__"), { minLength: 1, maxLength: 5 }).map((names) => names.join("/"));
    fc.assert(
      fc.property(fc.uniqueArray(path), (paths) => {
        const tree = fileTree(paths.map(changed));
        expect(tree.count).toBe(paths.length);
        expect(filesOf(tree).toSorted()).toEqual(paths.toSorted());
      }),
    );
  });
});
