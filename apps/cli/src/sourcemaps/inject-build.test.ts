import { chmod, lstat, readdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { replaceFiles } from "./inject-build.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const at = (name: string): string => join(folder.path, name);

beforeEach(async () => {
  folder = await scratchFolder();
  await writeFile(at("a.js"), "a");
  await writeFile(at("b.js"), "b");
});

afterEach(() => folder[Symbol.asyncDispose]());

test("replaces all files, keeps permissions, and leaves no temporary files", async () => {
  await chmod(at("a.js"), 0o754);
  await replaceFiles([
    { path: at("a.js"), text: "A" },
    { path: at("b.js"), text: "" },
  ]);
  expect(await readFile(at("a.js"), "utf8")).toBe("A");
  expect(await readFile(at("b.js"), "utf8")).toBe("");
  expect((await stat(at("a.js"))).mode & 0o777).toBe(0o754);
  expect(await readdir(folder.path)).toEqual(["a.js", "b.js"]);
});

test("replaces the target of a symbolic link", async () => {
  await symlink(at("a.js"), at("link.js"));
  await replaceFiles([{ path: at("link.js"), text: "A" }]);
  expect((await lstat(at("link.js"))).isSymbolicLink()).toBe(true);
  expect(await readFile(at("a.js"), "utf8")).toBe("A");
});

test("changes no file if one cannot be written", async () => {
  const running = replaceFiles([
    { path: at("a.js"), text: "A" },
    { path: at("gone.js"), text: "G" },
  ]);
  await expect(running).rejects.toMatchObject({ code: "ENOENT" });
  expect(await readFile(at("a.js"), "utf8")).toBe("a");
  expect(await readdir(folder.path)).toEqual(["a.js", "b.js"]);
});
