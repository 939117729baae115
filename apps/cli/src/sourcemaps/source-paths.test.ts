import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { scratchFolder } from "../../test/scratch-repository.ts";
import { projectRoot, sourcePaths } from "./source-paths.ts";

let folder: Awaited<ReturnType<typeof scratchFolder>>;
const at = (...names: string[]): string => join(folder.path, ...names);
beforeEach(async () => {
  folder = await scratchFolder();
  await mkdir(at("project/dist"), { recursive: true });
  await mkdir(at("project/src/deep"), { recursive: true });
  for (const name of ["project/src/a.ts", "project/.env", "secret.ts"]) await writeFile(at(name), name);
});
afterEach(() => folder[Symbol.asyncDispose]());

const find = async (...withoutText: string[]): Promise<string[]> => {
  const file = { path: at("project/dist/app.js.map"), root: at("project/dist"), name: "app.js.map" };
  return [...(await sourcePaths({ file, debugId: null, withoutText, problem: null }, at("project"))).values()];
};

test("resolves source paths relative to the map", async () => {
  expect(await find("../src/a.ts")).toEqual([at("project/src/a.ts")]);
  expect(await find(at("project/src/a.ts"))).toEqual([at("project/src/a.ts")]);
  expect(await find(pathToFileURL(at("project/src/a.ts")).href)).toEqual([at("project/src/a.ts")]);
});

test.each([["../src/gone.ts"], ["../src"], ["webpack://shop/./src/a.ts"], ["file://host/x"], ["https://example.com/a.ts"], [""]])(
  "ignores %j",
  async (name) => {
    expect(await find(name)).toEqual([]);
  },
);

test("excludes hidden files and files outside the project", async () => {
  expect(await find("../.env", "../../secret.ts", at("secret.ts"), "/etc/passwd")).toEqual([]);
});

test("finds the nearest folder with a repository, else the current one", async () => {
  expect(await projectRoot(at("project/src"))).toBe(at("project/src"));
  await mkdir(at("project/.git"));
  expect(await projectRoot(at("project/src/deep"))).toBe(at("project"));
});
