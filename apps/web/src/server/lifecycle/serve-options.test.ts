import { writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { scratchDir } from "../../../test/scratch-dir.ts";
import { applyServeOptions } from "./serve-options.ts";

test("options take precedence over variables, and variables over the file", () => {
  using folder = scratchDir();
  const file = path.join(folder.path, "landfall.env");
  writeFileSync(file, "PORT=1\nHOST=file\nLANDFALL_ORG=file\n# a comment\nLANDFALL_PROJECT='from file'\n");
  const env = { PORT: "2", LANDFALL_ORG: "variable", HOST: "", PATH: "/bin" };
  expect(applyServeOptions(["--port", "3", "--data-dir=/data", "--env-file", file], env)).toEqual({
    PORT: "3",
    HOST: "file",
    LANDFALL_ORG: "variable",
    LANDFALL_PROJECT: "from file",
    LANDFALL_DATA_DIR: "/data",
    PATH: "/bin",
  });
});

test("without options the environment is unchanged", () => {
  expect(applyServeOptions([], { PORT: "2" })).toEqual({ PORT: "2" });
});

test("a missing file is an error that names it", () => {
  expect(() => applyServeOptions(["--env-file", "/nowhere/landfall.env"], {})).toThrow(
    /^--env-file \/nowhere\/landfall.env cannot be read: ENOENT/,
  );
});
