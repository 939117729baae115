import { execFileSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { testRuntime } from "../../test/test-runtime.ts";
import { createContext } from "../command/context.ts";
import { COMMANDS } from "../commands.ts";
import { resolveSettings } from "../settings/resolve-settings.ts";
import { PLAIN } from "../terminal/output.ts";
import { completion, completionPlaces } from "./completion.ts";

const command = completion(() => COMMANDS);

async function script(shell: string): Promise<string> {
  const done = await command.run(createContext({ runtime: testRuntime(), settings: resolveSettings({}, {}, null) }), { shell });
  return done ? command.print(done, PLAIN) : "";
}

/** Returns the completions of bash for a line of these words; the last one is incomplete. */
async function offered(...words: string[]): Promise<string[]> {
  const line = ["landfall", ...words].map((word) => `'${word}'`).join(" ");
  const program = `${await script("bash")}\nCOMP_WORDS=(${line}); COMP_CWORD=${words.length}; _landfall; printf '%s\\n' "\${COMPREPLY[@]}"`;
  return execFileSync("bash", ["--norc", "-c", program], { encoding: "utf8" })
    .split("\n")
    .filter((word) => word !== "");
}

describe("completion in bash", () => {
  test.each([
    [["re"], ["releases", "repos"]],
    [["releases", "se"], ["set-commits"]],
    [["releases", "-p", "web", "sh"], ["show"]],
    [["releases", "list", "--stat"], ["--status"]],
    [
      ["releases", "list", "--status", ""],
      ["open", "archived", "all"],
    ],
    [["ship", "--force"], ["--force-deploy"]],
    [["ship", "--dry"], ["--dry-run"]],
    [["deploys", "new", "web@1", "--js"], ["--json"]],
    [["releases", "list", "--dry"], []],
  ])("%j completes to %j", async (words, expected) => {
    expect(await offered(...words)).toEqual(expected);
  });

  test("completes all commands at the start", async () => {
    expect(await offered("")).toEqual(expect.arrayContaining(Object.keys(COMMANDS)));
  });
});

describe("completion in zsh and fish", () => {
  test.each(["zsh", "fish"])("%s script has all commands and options", async (shell) => {
    const text = await script(shell);
    for (const { path, commands, options } of completionPlaces(COMMANDS)) {
      if (path !== "") expect(text).toContain(`'${path}'`);
      for (const word of commands) expect(text).toContain(word.text);
      for (const word of options) expect(text).toContain(shell === "fish" ? `-l ${word.text.slice(2)} ` : `'${word.text}:`);
    }
  });

  test("quotes characters that are special in shells", async () => {
    expect(await script("zsh")).toContain("the prefix of the files'\\'' URLs");
    expect(await script("fish")).toContain("the prefix of the files\\' URLs");
  });
});

test("rejects other shells and lists the supported ones", async () => {
  for (const shell of ["powershell", "toString"])
    await expect(script(shell)).rejects.toMatchObject({ exit: "usage", hint: "Supported shells: bash, zsh, fish." });
});
