import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { isServerCommand, runServerProgram } from "./server-programs.ts";

function folderWith(program: string, source: string): URL {
  const folder = mkdtempSync(join(tmpdir(), "landfall-cli-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  writeFileSync(join(folder, program), source);
  return pathToFileURL(`${folder}/`);
}

test("serve, admin, and their help are commands of the server", () => {
  const lines = [["serve"], ["admin", "backup", "file"], ["help", "serve"], ["ship"], ["help", "ship"], ["help"], ["toString"], []];
  expect(lines.map((line) => isServerCommand(line))).toEqual([true, true, true, false, false, false, false, false]);
});

test("the program gets the arguments after the command", async () => {
  const argv = process.argv;
  onTestFinished(() => void (process.argv = argv));
  await runServerProgram(["admin", "backup", "--json"], folderWith("admin.mjs", ""));
  expect(process.argv.slice(2)).toEqual(["backup", "--json"]);
  await runServerProgram(["help", "serve"], folderWith("server.mjs", ""));
  expect(process.argv.slice(2)).toEqual(["--help"]);
});

test("a copy without a server names the alternatives", async () => {
  await expect(runServerProgram(["serve"], folderWith("other.mjs", ""))).rejects.toMatchObject({
    exit: "failure",
    message: "This copy of landfall has no server.",
    hint: "Use the npm package (`npx landfall serve`), or a clone (`npm start`).",
  });
});
